// The command `connector`: serves the unified API, and fills it from a Gem account when it is given a key.
import { Command, InvalidArgumentError } from 'commander';
import { PortTaken } from '../contracts/listen.ts';
import type { Report, Reporter } from './cli/report.ts';
import { jsonReporter, terminalReporter } from './cli/reporters.ts';
import { startConnector, type Connector } from './server.ts';

/** What can be given on the command line. */
interface Options {
  port: number;
  host: string;
  dataDirectory: string;
  inMemory?: true;
  gemUrl: string;
  actingUser?: string;
  jobBoard?: string;
  organization?: string;
  remoteData?: true;
  checkAnswers?: true;
  json?: true;
}

const {
  GEM_API_KEY: gemApiKey,
  GEM_APPLICATION_SECRET: applicationSecret,
  CONNECTOR_API_KEY: apiKey,
  CONNECTOR_ENCRYPTION_KEY: encryptionKey,
} = process.env;

await new Command('mock-gem connector')
  .description("Serve a Gem account's recruiting data through the unified ATS API.")
  .option('--port <number>', 'port to listen on; 0 takes a free one', readPort, 4020)
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .option('--data-directory <path>', 'folder that keeps the data', './.mock-gem/connector')
  .option('--in-memory', 'keep the data in memory; it is gone at the end')
  .option('--gem-url <url>', 'where Gem is', 'https://api.gem.com')
  .option('--acting-user <id>', 'Gem user in whose name writes are made; otherwise the first administrator')
  .option('--job-board <vanity>', 'the word of your job board in jobs.gem.com/<vanity>')
  .option('--organization <name>', 'name of the customer whose account it is')
  .option('--remote-data', "let rows carry Gem's records as they came")
  .option('--check-answers', 'hold every answer against the API description (slower)')
  .option('--json', 'print one line of JSON for each event')
  .addHelpText('after', help())
  .action(run)
  .parseAsync();

async function run(options: Options): Promise<void> {
  const report = createReporter(options);
  try {
    await serve(options, report);
  } catch (error) {
    process.exitCode = 1;
    report({ event: 'failed', message: toMessage(error), takenPort: takenPortOf(error) });
    // The process ends by itself, once what was told has left it.
    process.removeAllListeners('disconnect').disconnect?.();
  }
}

async function serve(options: Options, report: Reporter): Promise<void> {
  const connector = await startConnector({
    port: options.port,
    host: options.host,
    dataDirectory: options.inMemory ? undefined : options.dataDirectory,
    apiKey: apiKey || undefined,
    encryptionKey: encryptionKey || undefined,
    checkAnswers: options.checkAnswers ?? false,
    log: logOnStandardError,
  });
  closeWhenToldTo(connector);
  const { url, apiUrl } = connector;
  report({ event: 'listening', url, apiUrl });
  try {
    const filled = gemApiKey
      ? await fill(connector, options, gemApiKey, report)
      : { integrationId: null, counts: {} };
    report({ event: 'ready', url, apiUrl, apiKey: connector.apiKey, ...filled });
  } catch (error) {
    await connector.close();
    throw error;
  }
}

/** Connects the Gem account and runs the first full sync. */
async function fill(connector: Connector, options: Options, key: string, report: Reporter) {
  const { id: integrationId } = await connector.connect({
    gem: { url: options.gemUrl, apiKey: key, applicationSecret },
    actingUserId: options.actingUser,
    jobBoardVanity: options.jobBoard,
    endUserOrganizationName: options.organization,
    isRemoteDataEnabled: options.remoteData ?? false,
  });
  const { state, problem, models } = await connector.sync(integrationId, {
    onProgress: (progress) => report({ event: 'progress', ...progress }),
  });
  if (state !== 'SUCCEEDED' && state !== 'PARTIALLY_FAILED')
    throw new Error(problem ?? `the first sync ${state}`);
  if (problem !== null) logOnStandardError(problem);
  const counts = Object.fromEntries([...models].map(([model, { read }]) => [model, read]));
  return { integrationId, counts };
}

/** A process that was forked speaks to its parent; otherwise it prints. */
function createReporter({ json }: Options): Reporter {
  const parent = process.send?.bind(process);
  if (parent) {
    return (report: Report) => {
      parent(report);
    };
  }
  if (json) return jsonReporter(process.stdout, process.stderr);
  return terminalReporter(process.stdout, process.stderr, Boolean(apiKey));
}

function closeWhenToldTo(connector: Connector): void {
  let isClosing = false;
  const close = () => {
    if (isClosing) return;
    isClosing = true;
    connector.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGINT', close);
  process.once('SIGTERM', close);
  process.once('disconnect', close);
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InvalidArgumentError('It must be a number from 0 to 65535.');
  }
  return port;
}

function toMessage(error: unknown): string {
  if (error instanceof PortTaken) return `${error.message}; choose another with --port`;
  return error instanceof Error ? error.message : String(error);
}

function takenPortOf(error: unknown): number | null {
  return error instanceof PortTaken ? error.port : null;
}

function logOnStandardError(message: string, error?: unknown): void {
  process.stderr.write(error === undefined ? `${message}\n` : `${message}: ${toMessage(error)}\n`);
}

function help(): string {
  return `
Secrets come from the environment only:
  GEM_API_KEY             the key of the Gem account; without it nothing is connected
  GEM_APPLICATION_SECRET  the partner's secret, where the key is a shareable one
  CONNECTOR_API_KEY       the key that callers send; otherwise a new one is made at each start
  CONNECTOR_ENCRYPTION_KEY
                          seals Gem's credentials in the store: 32 bytes in base64 (openssl rand -base64 32);
                          otherwise a key is made and kept beside the data

Example:
  $ GEM_API_KEY=… mock-gem connector --organization "Halden Robotics"
  $ curl http://127.0.0.1:4020/v1/ats/jobs -H "Authorization: Bearer <key>" -H "X-Integration-Id: <id>"
`;
}
