import { Command, InvalidArgumentError, Option } from 'commander';
import { usualRetries } from '../gem/retry.ts';
import { type CustomField, modelsWithFields } from '../store/queries/fields.ts';
import { help } from './help.ts';

/** What can be given on the command line. */
export interface Options {
  role: 'api' | 'worker' | 'both';
  port: number;
  host: string;
  dataDirectory: string;
  inMemory?: true;
  databaseUrlFromEnv: string;
  checkEvery?: number;
  gemUrl: string;
  gemRetries: number;
  actingUser?: string;
  jobBoard?: string;
  organization?: string;
  remoteData?: true;
  createdOnly?: true;
  /** A name; false to have none any more. */
  automaticSource?: string | false;
  automaticSourceId?: string;
  customField?: CustomField[];
  /** The id of an integration; true for the only one there is. */
  relink?: string | true;
  publicUrl?: string;
  allowPrivateAddresses?: true;
  keepDeleted: number;
  callLimits: boolean;
  checkAnswers?: true;
  json?: true;
}

/** The command with its options. */
export function createCommand(): Command {
  return new Command('mock-gem connector')
    .description("Serve a Gem account's recruiting data through the unified ATS API.")
    .addOption(
      new Option('--role <role>', 'what this process does')
        .choices(['api', 'worker', 'both'])
        .default('both'),
    )
    .option('--port <number>', 'port to listen on; 0 takes a free one', readPort, 4020)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--data-directory <path>', 'folder that keeps the data', './.mock-gem/connector')
    .option('--in-memory', 'keep the data in memory; it is gone at the end')
    .option(
      '--database-url-from-env <name>',
      'environment variable with the address of a PostgreSQL server to keep the data in, when it is set',
      'DATABASE_URL',
    )
    .option(
      '--check-every <seconds>',
      'how often a worker looks for syncs that are due, or whose worker has died (default: 10)',
      readSeconds,
    )
    .option('--gem-url <url>', 'where Gem is', readUrl, 'https://api.gem.com')
    .option(
      '--gem-retries <number>',
      'how often a call of Gem is tried again, with growing waits',
      readRetries,
      usualRetries,
    )
    .option('--acting-user <id>', 'Gem user in whose name writes are made; otherwise the first administrator')
    .option('--job-board <vanity>', 'the word of your job board in jobs.gem.com/<vanity>')
    .option('--organization <name>', 'name of the customer whose account it is')
    .option('--remote-data', "let rows carry Gem's records as they came")
    .option('--created-only', 'sync only applications that are created through this connector')
    .option(
      '--automatic-source <name>',
      'the source at Gem that each created application gets, unless its call names one; it stays until changed',
    )
    .addOption(
      new Option('--automatic-source-id <id>', 'the same by its id at Gem').conflicts('automaticSource'),
    )
    .option('--no-automatic-source', 'created applications get no source by themselves any more')
    .option(
      '--relink [integration id]',
      'give the key in GEM_API_KEY to an integration that there is, in place of its earlier one',
    )
    .option(
      '--custom-field <model/key>',
      'a custom field of your own, as in ats_jobs/works_council, to be mapped for each integration; may be repeated',
      addCustomField,
    )
    .option(
      '--public-url <url>',
      'where callers and customers reach this server, if something stands in front of it',
      readUrl,
    )
    .option(
      '--allow-private-addresses',
      'let webhooks and files be on this machine or in private networks; callers can then reach those through it',
    )
    .option('--keep-deleted <days>', 'how long data is kept whose record or account is gone', readDays, 14)
    .option('--no-call-limits', 'let callers ask for as much as they like; for tests')
    .option('--check-answers', 'hold every answer against the API description (slower)')
    .option(
      '--json',
      'print one line of JSON for each event, on standard error too; a key that was given is not told',
    )
    .showHelpAfterError('(mock-gem connector --help shows what there is)')
    .addHelpText('after', help);
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
