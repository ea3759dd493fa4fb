import type { Command } from 'commander';
import { isColored, paint } from '../../../contracts/harness/report/paint.ts';
import { addOptions, environment, flag, option, type OptionsOf } from '../../../contracts/server/options.ts';
import { developmentApiKey, unifiedDescription, type UnifiedSchemas } from '../../../contracts/unified.ts';
import { nearest } from '../../../seeds/nearest.ts';
import { readDuration, readUrl } from '../arguments.ts';
import { columnsOf, processTerminal, type Terminal } from '../terminal.ts';
import { showExplanation } from './two-columns.ts';
import { summaries } from '../summaries.ts';

const explainOptions = {
  all: flag('--all', 'every entry of nested lists, and the fields that are not covered for Gem'),
  stored: flag('--stored', 'only what the last sync stored; Gem is not asked'),
  json: flag('--json', "the connector's answer as it came"),
  integration: option('--integration <id>', 'of which account; needed where the connector has several'),
  url: option('--url <url>', 'where the connector is', { read: readUrl, default: 'http://127.0.0.1:4020' }),
  /** Seconds. */
  timeout: option(
    '--timeout <time>',
    'how long the connector may take; it asks Gem, and tries again where Gem fails',
    {
      read: readDuration,
      default: 60,
    },
  ),
  apiKey: environment('CONNECTOR_API_KEY', "the connector's key, where it is not the one of development"),
  integrationId: environment('INTEGRATION_ID', 'stands for --integration'),
};

type ExplainOptions = OptionsOf<typeof explainOptions>;

/** Adds `mock-gem explain`: why a unified value is what it is. */
export function addExplainCommand(program: Command, terminal: Terminal = processTerminal): void {
  const command = program
    .command('explain')
    .description(summaries.explain.purpose)
    .argument('<model>', `one of ${modelWords.join(', ')}`)
    .argument('<id>', "the record's id in the unified API, or its id at Gem");
  addOptions(command, explainOptions, terminal.env)
    .addHelpText('after', help)
    .action(async (model: string, id: string, options: ExplainOptions) => {
      try {
        await explain(toWord(model), id, options, terminal);
        terminal.end(0, false);
      } catch (error) {
        if (!(error instanceof CannotExplain)) throw error;
        terminal.stderr.write(`mock-gem: ${error.message}\n`);
        terminal.end(1, false);
      }
    });
}

const help = `
On the left stands the unified record, on the right the places at Gem that each value was made of: whatever changes elsewhere,
the value stays what it is. A value that a sync would change is shown with what it would become.

Examples, with the account that \`mock-gem dev\` begins with:
  mock-gem explain jobs am9iOldPiCihyBbolL9PG-8Av8w
  mock-gem explain candidates Q2FuZGlkYXRlOjEwMDAwMDAx --all
  mock-gem explain interviews aW50ZXJ2aWV3OrRuQ8WGYRgk0hMI0aCk_s8 --stored --json`;

/** What keeps a record from being explained, in one line. */
class CannotExplain extends Error {}

type ModelWord = UnifiedSchemas['ModelWord'];

const modelWords = readWords();

/** The words of the description. */
function readWords(): ModelWord[] {
  const parameter = unifiedDescription.operations
    .get('explainRecord')
    ?.parameters.find(({ name }) => name === 'model');
  const words: unknown = Reflect.get(parameter?.schema ?? {}, 'enum');
  return Array.isArray(words) ? words.map(String).filter(isWord) : [];
}

function isWord(word: string): word is ModelWord {
  return word !== '';
}

function toWord(written: string): ModelWord {
  const word = written.toLowerCase().replace(/^ats_/, '').replaceAll('_', '-');
  const found = modelWords.find((one) => one === word);
  if (found) return found;
  const meant = nearest(word, modelWords);
  const advice = meant === undefined ? `there are ${modelWords.join(', ')}` : `did you mean "${meant}"?`;
  throw new CannotExplain(`there is no model "${written}"; ${advice}`);
}

async function explain(
  model: ModelWord,
  id: string,
  options: ExplainOptions,
  terminal: Terminal,
): Promise<void> {
  const { stdout, env } = terminal;
  const call = callWith(options);
  const integration = options.integration ?? options.integrationId ?? (await onlyIntegration(call, options));
  const query = options.stored ? '?ask_gem=false' : '';
  const body = await call(`/v1/explain/${model}/${encodeURIComponent(id)}${query}`, integration);
  if (options.json) {
    stdout.write(`${JSON.stringify(body, null, 2)}\n`);
    return;
  }
  const { data } = body as UnifiedSchemas['ExplainAnswer'];
  const lines = showExplanation(data, {
    width: columnsOf(stdout),
    style: paint(isColored(stdout, env)),
    isWhole: options.all === true,
  });
  stdout.write(`${lines.join('\n')}\n`);
}

type Call = (path: string, integration?: string) => Promise<object>;

/** Calls the connector. */
function callWith({ url, timeout, apiKey = developmentApiKey }: ExplainOptions): Call {
  const base = url.replace(/\/+$/, '').replace(/\/v1$/, '');
  return async (path, integration) => {
    const headers = {
      Authorization: `Bearer ${apiKey}`,
      ...(integration !== undefined && { 'X-Integration-Id': integration }),
    };
    // Until the whole answer is there.
    const signal = AbortSignal.timeout(timeout * 1000);
    const failed = () => {
      if (!signal.aborted) return undefined;
      throw new CannotExplain(
        `${url} does not answer within ${timeout} ${timeout === 1 ? 'second' : 'seconds'}; with --timeout it may take longer, with --stored Gem is not asked`,
      );
    };
    const response = await fetch(`${base}${path}`, { headers, signal }).catch(failed);
    if (!response) {
      throw new CannotExplain(
        `nothing answers at ${url}; start the connector with mock-gem dev, or say with --url where it is`,
      );
    }
    const body: unknown = await response.json().catch(failed);
    const isAnswer = typeof body === 'object' && body !== null;
    // Other servers answer with JSON, too.
    if (response.ok && isAnswer && Reflect.get(body, 'status') === 'success') return body;
    if (response.status === 401)
      throw new CannotExplain(`the connector at ${url} refuses the key; set CONNECTOR_API_KEY to its key`);
    throw new CannotExplain(
      (isAnswer && messageOf(body)) || `${url} answers ${response.status}; is that the connector?`,
    );
  };
}

function messageOf(body: object): string | undefined {
  const error: unknown = Reflect.get(body, 'error');
  const message: unknown =
    typeof error === 'object' && error !== null ? Reflect.get(error, 'message') : undefined;
  return typeof message === 'string' ? message.replace(/\.$/, '') : undefined;
}

/** The account that is meant where nobody says which: the only one. */
async function onlyIntegration(call: Call, { url }: ExplainOptions): Promise<string> {
  const { data } = (await call('/v1/integrations')) as { data: { results: { id: string }[] } };
  const [first, ...others] = data.results;
  if (!first) throw new CannotExplain(`the connector at ${url} has no account yet`);
  if (others.length === 0) return first.id;
  const ids = data.results.map(({ id }) => id).join(', ');
  throw new CannotExplain(
    `the connector at ${url} has several accounts; say with --integration which: ${ids}`,
  );
}
