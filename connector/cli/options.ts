// The command's options: one table, which gives each its flag or variable, its type, its default and its line of help.
import { Command, InvalidArgumentError, Option } from 'commander';
import { defaultRetries } from '../gem/retry.ts';
import type { ConnectOptions } from '../server.ts';
import { type CustomField, modelsWithFields } from '../store/queries/fields.ts';
import { help } from './help.ts';

/** One option, under the name that commander makes of its flag. */
interface Setting<Value> {
  flags: readonly Option[];
  /** The variable of the environment that holds it, for what must not stand in a list of processes. */
  variable?: string;
  /** The option that names the variable, where it can be another one. */
  variableFrom?: string;
  about: string;
  /** Of the type that it has; its default, if it has one. */
  value: Value | undefined;
}

/** Every option. */
export const settings = {
  role: choice('--role <role>', 'what this process does', ['api', 'worker', 'both'], 'both'),
  port: value('--port <number>', 'port to listen on; 0 takes a free one', readPort, 4020),
  host: value('--host <address>', 'address to listen on', readText, '127.0.0.1'),
  dataDirectory: value(
    '--data-directory <path>',
    'folder that keeps the data',
    readText,
    './.mock-gem/connector',
  ),
  inMemory: toggle('--in-memory', 'keep the data in memory; it is gone at the end'),
  databaseUrlFromEnv: value(
    '--database-url-from-env <name>',
    'environment variable with the address of a PostgreSQL server to keep the data in, when it is set',
    readText,
    'DATABASE_URL',
  ),
  checkEvery: optional(
    '--check-every <seconds>',
    'how often a worker looks for syncs that are due, or whose worker has died (default: 10)',
    readSeconds,
  ),
  gemUrl: value('--gem-url <url>', 'where Gem is', readUrl, 'https://api.gem.com'),
  gemRetries: value(
    '--gem-retries <number>',
    'how often a call of Gem is tried again, with growing waits',
    readRetries,
    defaultRetries,
  ),
  actingUser: optional(
    '--acting-user <id>',
    'Gem user in whose name writes are made; otherwise the first administrator',
    readText,
  ),
  jobBoard: optional('--job-board <vanity>', 'the word of your job board in jobs.gem.com/<vanity>', readText),
  organization: optional('--organization <name>', 'name of the customer whose account it is', readText),
  remoteData: toggle('--remote-data', "let rows carry Gem's records as they came"),
  createdOnly: toggle('--created-only', 'sync only applications that are created through this connector'),
  automaticSource: removable(
    '--automatic-source <name>',
    'the source at Gem that each created application gets, unless its call names one; it stays until changed',
    'created applications get no source by themselves any more',
  ),
  automaticSourceId: exclusive(
    '--automatic-source-id <id>',
    'that source by its id at Gem',
    'automaticSource',
  ),
  relink: withOrWithout(
    '--relink [integration id]',
    'give the key in GEM_API_KEY to an integration that there is, in place of its earlier one',
  ),
  customField: optional(
    '--custom-field <model/key>',
    'a custom field of your own, as in ats_jobs/works_council, to be mapped for each integration; may be repeated',
    addCustomField,
  ),
  publicUrl: optional(
    '--public-url <url>',
    'where callers and customers reach this server, if something stands in front of it',
    readUrl,
  ),
  allowPrivateAddresses: toggle(
    '--allow-private-addresses',
    'let webhooks and files be on this machine or in private networks; callers can then reach those through it',
  ),
  keepDeleted: value(
    '--keep-deleted <days>',
    'how long data is kept whose record or account is gone',
    readDays,
    14,
  ),
  callLimits: off('--no-call-limits', 'let callers ask for as much as they like; for tests'),
  checkAnswers: toggle('--check-answers', 'hold every answer against the API description (slower)'),
  json: toggle(
    '--json',
    'print one line of JSON for each event, on standard error too; a key that was given is not told',
  ),
  gemApiKey: secret('GEM_API_KEY', 'the key of the Gem account; without it nothing is connected'),
  applicationSecret: secret(
    'GEM_APPLICATION_SECRET',
    "the partner's secret, where the key is a shareable one",
  ),
  apiKey: secret(
    'CONNECTOR_API_KEY',
    'the key that callers send, and the only one; otherwise a new one is made and shown at each start, and the earlier ones go on to work until one is given',
  ),
  encryptionKey: secret(
    'CONNECTOR_ENCRYPTION_KEY',
    "seals Gem's credentials in the store: 32 bytes in base64 (openssl rand -base64 32); otherwise a key is made and kept beside the data; a database server needs it given",
  ),
  webhookUrl: secret(
    'CONNECTOR_WEBHOOK_URL',
    'where events are sent, such as the end of a sync; more with PUT /v1/webhooks',
  ),
  webhookSecret: secret(
    'CONNECTOR_WEBHOOK_SECRET',
    'signs them, in the header X-Kombo-Signature (openssl rand -base64 32). A receiver on this machine or in a private network needs --allow-private-addresses',
  ),
  databaseUrl: {
    ...secret('DATABASE_URL', 'the database server, as in postgres://user:password@host:5432/name'),
    variableFrom: 'databaseUrlFromEnv',
  },
};

/** The values of all options. */
export type Options = {
  [Name in keyof typeof settings]: (typeof settings)[Name] extends Setting<infer Value> ? Value : never;
};

/** The command with its options. */
export function createCommand(): Command {
  const command = new Command('mock-gem connector').description(
    "Serve a Gem account's recruiting data through the unified ATS API.",
  );
  const all: readonly Setting<unknown>[] = Object.values(settings);
  for (const { flags } of all) for (const flag of flags) command.addOption(flag);
  const variables = all.flatMap(({ variable, about }) =>
    variable === undefined ? [] : [{ variable, about }],
  );
  return command
    .showHelpAfterError('(mock-gem connector --help shows what there is)')
    .addHelpText('after', help(variables));
}

/** All options of a command that was parsed. An empty variable is none. */
export function optionsOf(command: Command, environment: NodeJS.ProcessEnv): Options {
  for (const [name, setting] of Object.entries<Setting<unknown>>(settings)) {
    const { variable, variableFrom } = setting;
    if (variable === undefined) continue;
    const from: unknown = variableFrom === undefined ? variable : command.getOptionValue(variableFrom);
    command.setOptionValueWithSource(name, environment[String(from)] || undefined, 'env');
  }
  return command.opts<Options>();
}

/** The source that created applications are to get; nothing where nothing is said, so that it stays as it was. */
export function automaticSourceOf({
  automaticSource: name,
  automaticSourceId: id,
}: Pick<Options, 'automaticSource' | 'automaticSourceId'>): Pick<ConnectOptions, 'automaticSource'> {
  if (id !== undefined) return { automaticSource: { id } };
  if (name === undefined) return {};
  return { automaticSource: name === false ? false : { name } };
}

function value<Value>(
  flags: string,
  about: string,
  read: (text: string) => Value,
  fallback: Value,
): Setting<Value> {
  return { flags: [new Option(flags, about).argParser(read).default(fallback)], about, value: fallback };
}

function choice<Value extends string>(
  flags: string,
  about: string,
  choices: readonly Value[],
  fallback: Value,
): Setting<Value> {
  return { flags: [new Option(flags, about).choices(choices).default(fallback)], about, value: fallback };
}

function optional<Value>(
  flags: string,
  about: string,
  read: (text: string, before: Value | undefined) => Value,
): Setting<Value | undefined> {
  return { flags: [new Option(flags, about).argParser(read)], about, value: undefined };
}

function toggle(flags: string, about: string): Setting<true | undefined> {
  return { flags: [new Option(flags, about)], about, value: undefined };
}

/** On unless it is switched off. */
function off(flags: string, about: string): Setting<boolean> {
  return { flags: [new Option(flags, about)], about, value: true };
}

/** A text, or false to have none any more. */
function removable(flags: string, about: string, aboutRemoval: string): Setting<string | false | undefined> {
  const removal = flags.replace(/^--([\w-]+).*/, '--no-$1');
  return { flags: [new Option(flags, about), new Option(removal, aboutRemoval)], about, value: undefined };
}

function exclusive(flags: string, about: string, other: string): Setting<string | undefined> {
  return { flags: [new Option(flags, about).conflicts(other)], about, value: undefined };
}

/** A text, or true for the flag alone. */
function withOrWithout(flags: string, about: string): Setting<string | true | undefined> {
  return { flags: [new Option(flags, about)], about, value: undefined };
}

function secret(variable: string, about: string): Setting<string | undefined> {
  return { flags: [], variable, about, value: undefined };
}

function readText(text: string): string {
  return text;
}

function addCustomField(text: string, before: readonly CustomField[] = []): CustomField[] {
  const [model = '', key = '', ...more] = text.split('/');
  if (!hasFields(model) || key === '' || more.length > 0) {
    throw new InvalidArgumentError(
      `It must look like ats_jobs/key, with one of ${modelsWithFields.join(', ')}.`,
    );
  }
  return [...before, { model, key, label: null, description: null }];
}

function hasFields(model: string): boolean {
  return modelsWithFields.some((name) => name === model);
}

function readSeconds(text: string): number {
  const seconds = Number(text);
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 3600) {
    throw new InvalidArgumentError('It must be a number from 1 to 3600.');
  }
  return seconds;
}

function readRetries(text: string): number {
  const retries = Number(text);
  if (text === '' || !Number.isInteger(retries) || retries < 0 || retries > 20) {
    throw new InvalidArgumentError('It must be a number from 0 to 20.');
  }
  return retries;
}

function readDays(text: string): number {
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1 || days > 3650) {
    throw new InvalidArgumentError('It must be a number from 1 to 3650.');
  }
  return days;
}

function readUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError('An address looks like https://api.gem.com.');
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InvalidArgumentError('It must be a number from 0 to 65535.');
  }
  return port;
}
