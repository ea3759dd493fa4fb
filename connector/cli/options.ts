// The options of the command: one table gives each its flag or variable, its type, its default and its help.
import { Command, InvalidArgumentError } from 'commander';
import {
  addOptions,
  environment,
  flag,
  option,
  optionOrFlag,
  removable,
  turnOff,
  type OptionsOf,
  readPort,
} from '../../contracts/server/options.ts';
import { defaultRate } from '../gem/allowance.ts';
import { defaultRetries } from '../gem/retry.ts';
import { logLevels, type LogLevel } from '../log.ts';
import { telemetryVariables } from '../observe/telemetry.ts';
import type { ConnectOptions } from '../server.ts';
import { type CustomField, modelsWithFields } from '../store/queries/fields.ts';

/** Where the data is, and the keys to it: what every command needs that works with the data. */
export const storageOptions = {
  dataDirectory: option('--data-directory <path>', 'folder that keeps the data', {
    default: './.mock-gem/connector',
  }),
  databaseUrlFromEnv: option(
    '--database-url-from-env <name>',
    'environment variable with the address of a PostgreSQL server to keep the data in, when it is set',
    { default: 'DATABASE_URL' },
  ),
  encryptionKey: environment(
    'CONNECTOR_ENCRYPTION_KEY',
    "seals Gem's credentials in the store: 32 bytes in base64 (openssl rand -base64 32); otherwise a key is made and kept beside the data; a database server needs it given",
  ),
  otherEncryptionKey: environment(
    'CONNECTOR_OTHER_ENCRYPTION_KEY',
    'opens what is stored as well, while a new key takes the place of an old one (mock-gem connector reseal)',
  ),
  databaseUrl: environment(
    'DATABASE_URL',
    'the database server, as in postgres://user:password@host:5432/name',
    'databaseUrlFromEnv',
  ),
};

const options = {
  role: option<'api' | 'worker' | 'both'>('--role <role>', 'what this process does', {
    choices: ['api', 'worker', 'both'],
    default: 'both',
  }),
  port: option('--port <number>', 'port to listen on; 0 takes a free one', { read: readPort, default: 4020 }),
  host: option('--host <address>', 'address to listen on', { default: '127.0.0.1' }),
  statusPort: option(
    '--status-port <number>',
    'a port for /health/live, /health/ready and /metrics, in a worker too; otherwise they are on --port, and a worker has none',
    { read: readPort },
  ),
  dataDirectory: storageOptions.dataDirectory,
  inMemory: flag('--in-memory', 'keep the data in memory; it is gone at the end'),
  databaseUrlFromEnv: storageOptions.databaseUrlFromEnv,
  checkEvery: option(
    '--check-every <seconds>',
    'how often a worker looks for syncs that are due, or whose worker has died (default: 10)',
    { read: readSeconds },
  ),
  syncsAtOnce: option(
    '--syncs-at-once <number>',
    'how many accounts a worker reads whole at once, and how many it asks for changes beside them (default: 4)',
    { read: readSyncsAtOnce },
  ),
  gemUrl: option('--gem-url <url>', 'where Gem is', { read: readUrl, default: 'https://api.gem.com' }),
  gemRetries: option('--gem-retries <number>', 'how often a call of Gem is tried again, with growing waits', {
    read: readRetries,
    default: defaultRetries,
  }),
  gemRate: option(
    '--gem-rate <number>',
    'calls a second that Gem takes from one key; all processes on one database share them; 0 for no limit',
    { read: readRate, default: defaultRate.perSecond },
  ),
  gemBurst: option('--gem-burst <number>', 'calls that Gem takes at once, after a while without any', {
    read: readBurst,
    default: defaultRate.burst,
  }),
  actingUser: option(
    '--acting-user <id>',
    'Gem user in whose name writes are made; otherwise the first administrator',
  ),
  jobBoard: option('--job-board <vanity>', 'the word of your job board in jobs.gem.com/<vanity>'),
  organization: option('--organization <name>', 'name of the customer whose account it is'),
  remoteData: flag('--remote-data', "let rows carry Gem's records as they came"),
  createdOnly: flag('--created-only', 'sync only applications that are created through this connector'),
  automaticSource: removable(
    '--automatic-source <name>',
    'the source at Gem that each created application gets, unless its call names one; it stays until changed',
    {
      flags: '--no-automatic-source',
      description: 'created applications get no source by themselves any more',
    },
  ),
  automaticSourceId: option<string>('--automatic-source-id <id>', 'that source by its id at Gem', {
    conflicts: 'automaticSource',
  }),
  relink: optionOrFlag(
    '--relink [integration id]',
    'give the key in GEM_API_KEY to an integration that there is, in place of its earlier one',
  ),
  customField: option<CustomField[]>(
    '--custom-field <model/key>',
    'a custom field of your own, as in ats_jobs/works_council, to be mapped for each integration; may be repeated',
    { read: addCustomField },
  ),
  publicUrl: option(
    '--public-url <url>',
    'where callers and customers reach this server, if something stands in front of it',
    { read: readUrl },
  ),
  allowPrivateAddresses: flag(
    '--allow-private-addresses',
    'let webhooks and files be on this machine or in private networks; callers can then reach those through it',
  ),
  keepDeleted: option('--keep-deleted <days>', 'how long data is kept whose record or account is gone', {
    read: readDays,
    default: 14,
  }),
  deliveryTimeLimit: option(
    '--delivery-time-limit <seconds>',
    'how long a receiver of webhooks has to answer (default: 10)',
    { read: readDeliverySeconds },
  ),
  callLimits: turnOff('--no-call-limits', 'let callers ask for as much as they like; for tests'),
  checkAnswers: flag('--check-answers', 'hold every answer against the API description (slower)'),
  log: option<'text' | 'json'>(
    '--log <form>',
    'what an operator should know, on standard error: lines for people, or JSON with the ids of request, integration, sync and trace (default: text; with --json, json)',
    { choices: ['text', 'json'] },
  ),
  logLevel: option<LogLevel>(
    '--log-level <level>',
    'the least that is told; debug has each request (default: warn; with --log json, info)',
    { choices: logLevels },
  ),
  logUrl: option(
    '--log-url <template>',
    'where the log of a call is read, as in https://logs.example/{trace_id} or …/{request_id}; errors then tell it as log_url',
    { read: readLogUrl },
  ),
  json: flag(
    '--json',
    'print one line of JSON for each event, on standard error too; a key that was given is not told',
  ),
  gemApiKey: environment('GEM_API_KEY', 'the key of the Gem account; without it nothing is connected'),
  applicationSecret: environment(
    'GEM_APPLICATION_SECRET',
    "the partner's secret, where the key is a shareable one",
  ),
  apiKey: environment(
    'CONNECTOR_API_KEY',
    'the key that callers send, and the only one; otherwise a new one is made and shown at each start, and the earlier ones go on to work until one is given',
  ),
  encryptionKey: storageOptions.encryptionKey,
  otherEncryptionKey: storageOptions.otherEncryptionKey,
  webhookUrl: environment(
    'CONNECTOR_WEBHOOK_URL',
    'where events are sent, such as the end of a sync; more with PUT /v1/webhooks',
  ),
  webhookSecret: environment(
    'CONNECTOR_WEBHOOK_SECRET',
    'signs them, in the header X-Kombo-Signature (openssl rand -base64 32). A receiver on this machine or in a private network needs --allow-private-addresses',
  ),
  previousWebhookSecret: environment(
    'CONNECTOR_PREVIOUS_WEBHOOK_SECRET',
    'the secret before, while receivers change over: events carry the signatures of both in X-Mock-Gem-Signatures',
  ),
  databaseUrl: storageOptions.databaseUrl,
};

/** They are read where telemetry is started. */
const ofTelemetry = Object.fromEntries(
  Object.entries(telemetryVariables).map(([name, description]) => [name, environment(name, description)]),
);

/** What the command is given, by its flags and by the environment. */
export type Options = OptionsOf<typeof options>;

/** The command with its options. */
export function createCommand(): Command {
  const command = new Command('mock-gem connector')
    .description("Serve a Gem account's recruiting data through the unified ATS API.")
    .showHelpAfterError('(mock-gem connector --help shows what there is)')
    .addHelpText('after', afterOptions);
  return addOptions(command, { ...options, ...ofTelemetry }).addHelpText('after', examples);
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

function readSyncsAtOnce(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 50) {
    throw new InvalidArgumentError('It must be a number from 1 to 50.');
  }
  return count;
}

function readDeliverySeconds(text: string): number {
  const seconds = Number(text);
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 60) {
    throw new InvalidArgumentError('It must be a number from 1 to 60.');
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

function readRate(text: string): number {
  const rate = Number(text);
  if (text !== '' && rate >= 0 && rate <= 1000) return rate;
  throw new InvalidArgumentError('It must be a number from 0 to 1000.');
}

function readBurst(text: string): number {
  const burst = Number(text);
  if (Number.isInteger(burst) && burst >= 1 && burst <= 10_000) return burst;
  throw new InvalidArgumentError('It must be a number from 1 to 10000.');
}

function readDays(text: string): number {
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1 || days > 3650) {
    throw new InvalidArgumentError('It must be a number from 1 to 3650.');
  }
  return days;
}

function readLogUrl(text: string): string {
  const url = text.replaceAll(/\{(?:trace|span|request|integration|sync)_id\}/g, 'x');
  if (/[{}]/.test(url)) {
    throw new InvalidArgumentError(
      'It may hold {trace_id}, {span_id}, {request_id}, {integration_id} and {sync_id}.',
    );
  }
  readUrl(url);
  return text;
}

function readUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError('An address looks like https://api.gem.com.');
}

/** The text between the options and the environment. */
const afterOptions = `
Roles:
  both     answers calls and does the work behind them; all that a laptop needs (the default)
  api      only answers, and leaves syncs to workers
  worker   only works: syncs that are due, and those that were asked for; it listens on no port but --status-port

The data is kept by an embedded PostgreSQL in --data-directory, which one process can have open. With DATABASE_URL, it
is kept by a PostgreSQL server, and any number of processes on any number of machines share it. A worker that dies is
noticed within seconds, and another one goes on behind the last page that was written.

Once connected, an account is synced in full every ten hours, and what changed every three. The state of its syncs:
  $ curl <url>/v1/integrations/<id>/syncs -H "Authorization: Bearer <key>"

Who wants to see at Gem which applications came through this connector makes a source of the type Other there and names
it with --automatic-source. On the connection page, customers choose theirs by themselves.

A new key for an account that is connected already takes the place of the old one once Gem refuses that; --relink does it
at once. The integration keeps its id and its data.

Secrets come from the environment only.`;

/** The text at the end. */
export const examples = `
Examples:
  $ GEM_API_KEY=… mock-gem connector --organization "Halden Robotics"
  $ curl http://127.0.0.1:4020/v1/ats/jobs -H "Authorization: Bearer <key>" -H "X-Integration-Id: <id>"

  $ export DATABASE_URL=postgres://… CONNECTOR_ENCRYPTION_KEY=… CONNECTOR_API_KEY=…
  $ GEM_API_KEY=… mock-gem connector --role api
  $ mock-gem connector --role worker     (as many as are needed)
`;
