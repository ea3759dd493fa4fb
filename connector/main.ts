// The command `connector`: serves the unified API, and fills it from a Gem account when it is given a key.
import { setFlagsFromString } from 'node:v8';
import { PortTaken } from '../contracts/server/listen.ts';
import { stopSignals, stopWithNpm } from '../contracts/stop.ts';
import { sayWhileWaiting } from '../contracts/while-waiting.ts';
import { automaticSourceOf, createCommand, type Options } from './cli/options.ts';
import { addStoreCommands } from './cli/store-commands.ts';
import { type Report, type Reporter, jsonReporter, terminalReporter } from './cli/report.ts';
import type { WorkerOptions } from './config.ts';
import type { Log, LogLevel } from './log.ts';
import { createLog } from './observe/create-log.ts';
import { startTelemetry } from './observe/telemetry.ts';
import { startConnector, type Connector } from './server.ts';
import type { WebhookSetting } from './webhooks/settings.ts';
import { NotSynced } from './work/request-sync.ts';
import { startConnectorWorker } from './background.ts';

// What this process writes is for its owner alone.
process.umask(0o077);
// A parent that is gone before there is anything to close.
process.once('disconnect', () => process.exit(1));
/** Milliseconds. What is in hand has half a minute; work that hangs longer ends with the process, and is resumed at the next start. */
const longestClose = 45_000;

await addStoreCommands(createCommand().action(run)).parseAsync();

async function run(options: Options): Promise<void> {
  const log = await openLog(options);
  const report = createReporter(options, log);
  try {
    await (options.role === 'worker' ? work(options, report, log) : serve(options, report, log));
  } catch (error) {
    process.exitCode = 1;
    report({ event: 'failed', message: toMessage(error), takenPort: takenPortOf(error) });
    // The process ends by itself, after its last message has been sent.
    process.removeAllListeners('disconnect').disconnect?.();
  }
}

async function work(options: Options, report: Reporter, log: Log): Promise<void> {
  if (options.inMemory) throw new Error('a worker needs data that is kept: leave out --in-memory');
  holdLittle();
  const storage = storageOf(options, log);
  const worker = await startConnectorWorker({ ...storage, onSyncEnd: reportEnd(report, log) });
  closeWhenToldTo(worker, storage.telemetry);
  const { statusUrl = null } = worker;
  report({
    event: 'working',
    database: storage.databaseUrl === undefined ? 'embedded' : 'server',
    statusUrl,
  });
}

/**
 * Lets this process hold little more than it needs. Left alone, the engine takes the whole machine for its own: 370 to 400 MiB, of
 * which the heap uses 45 after each collection, whatever the account. With 240 MiB a worker takes an eighth more of the little processor
 * time that it needs, and reads as many candidates a second: it waits for Gem.
 */
function holdLittle(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=60');
}

async function serve(options: Options, report: Reporter, log: Log): Promise<void> {
  let isReady = false;
  const isWatched = formOf(options) === 'text' && process.send === undefined;
  const opening = sayWhileWaiting(isWatched ? process.stderr : undefined, 'opening the database');
  const storage = storageOf(options, log);
  const connector = await startConnector({
    ...storage,
    port: options.port,
    apiKey: options.apiKey,
    isWorker: options.role === 'both',
    checkAnswers: options.checkAnswers ?? false,
    limits: options.callLimits ? {} : 'off',
    webhooks: readWebhooks(options),
    publicUrl: options.publicUrl,
    logUrlTemplate: options.logUrl,
    logsRequests: levelOf(options) === 'debug',
    customFields: options.customField ?? [],
    connections: {
      gemUrl: options.gemUrl,
      applicationSecret: options.applicationSecret ?? null,
      isRemoteDataEnabled: options.remoteData ?? false,
      isCreatedOnly: options.createdOnly ?? false,
    },
    // `ready` reports the end of the first sync.
    onSyncEnd: (ended) => reportEnd(isReady ? report : undefined, log)(ended),
  }).finally(opening);
  closeWhenToldTo(connector, storage.telemetry);
  const { url, apiUrl, statusUrl } = connector;
  report({ event: 'listening', url, apiUrl, statusUrl });
  try {
    const { gemApiKey } = options;
    const filled = gemApiKey
      ? await connector.enduring(() => fill(connector, options, { key: gemApiKey, report, log }))
      : { integrationId: null, counts: {} };
    if (!filled) return;
    report({ event: 'ready', url, apiUrl, apiKey: connector.apiKey, ...filled });
    isReady = true;
  } catch (error) {
    await connector.close();
    throw error;
  }
}

/**
 * Connects the Gem account and asks for a sync. A first one is waited for, if it is to be performed here.
 *
 * @returns undefined when the process was told to end meanwhile
 */
async function fill(connector: Connector, options: Options, { key, report, log }: Filling) {
  const { id: integrationId, firstSyncedAt } = await connector.connect({
    gem: { url: options.gemUrl, apiKey: key, applicationSecret: options.applicationSecret },
    actingUserId: options.actingUser,
    jobBoardVanity: options.jobBoard,
    endUserOrganizationName: options.organization,
    isRemoteDataEnabled: options.remoteData ?? false,
    isCreatedOnly: options.createdOnly,
    relink: options.relink,
    replacesRefusedKey: true,
    ...automaticSourceOf(options),
  });
  const isFirst = firstSyncedAt === null;
  try {
    const { sync_id: syncId } = await connector.requestSync(integrationId, isFirst ? 'FULL' : 'DELTA');
    if (isFirst && options.role === 'both' && !(await awaitFirst(connector, syncId, report, log)))
      return undefined;
  } catch (error) {
    // What is switched off is served as it is.
    if (!(error instanceof NotSynced)) throw error;
    log(error.message);
  }
  return { integrationId, counts: await connector.countRows(integrationId) };
}

interface Filling {
  key: string;
  report: Reporter;
  log: Log;
}

/** @returns whether the sync has come to its end */
async function awaitFirst(
  connector: Connector,
  syncId: string,
  report: Reporter,
  log: Log,
): Promise<boolean> {
  const { state, problem } = await connector.awaitSync(syncId, {
    onProgress: (progress) => report({ event: 'progress', ...progress }),
  });
  if (state === 'QUEUED' || state === 'RUNNING') return false;
  if (state !== 'SUCCEEDED' && state !== 'PARTIALLY_FAILED') {
    throw new Error(problem ?? `the first sync ${state}`);
  }
  if (problem !== null) log(problem);
  return true;
}

/** What any role is started with. What collects metrics and traces is loaded while the database opens. */
function storageOf(options: Options, log: Log): WorkerOptions {
  const { role, logUrl, host, statusPort } = options;
  const needsTraces = logUrl?.includes('{trace_id}') ?? false;
  return {
    telemetry: startTelemetry({ env: process.env, needsTraces, role, log }),
    host,
    statusPort,
    databaseUrl: options.inMemory ? undefined : options.databaseUrl,
    dataDirectory: options.inMemory ? undefined : options.dataDirectory,
    encryptionKey: options.encryptionKey,
    otherEncryptionKey: options.otherEncryptionKey,
    work: {
      ...(options.checkEvery !== undefined && { checkEverySeconds: options.checkEvery }),
      ...(options.syncsAtOnce !== undefined && { syncsAtOnce: options.syncsAtOnce }),
      ...(options.deliveryTimeLimit !== undefined && {
        webhooks: { timeLimit: options.deliveryTimeLimit * 1000 },
      }),
      keep: { goneRows: options.keepDeleted, deletedIntegrations: options.keepDeleted },
    },
    allowPrivateAddresses: options.allowPrivateAddresses ?? false,
    gemRetries: options.gemRetries,
    gemRate: options.gemRate === 0 ? 'off' : { perSecond: options.gemRate, burst: options.gemBurst },
    log,
  };
}

/** Where events are sent, and the secret that signs them. */
function readWebhooks({ webhookUrl, webhookSecret, previousWebhookSecret }: Options): WebhookSetting[] {
  if (!webhookUrl) return [];
  if (!webhookSecret) throw new Error('with CONNECTOR_WEBHOOK_URL, CONNECTOR_WEBHOOK_SECRET must be set');
  return [{ url: webhookUrl, secret: webhookSecret, previousSecret: previousWebhookSecret || undefined }];
}

function reportEnd(report: Reporter | undefined, log: Log): NonNullable<WorkerOptions['onSyncEnd']> {
  return ({ integrationId, syncId, type, state, problem }) => {
    log('a sync has ended', undefined, { level: 'info', type, state, problem });
    report?.({ event: 'synced', integrationId, syncId, type, state, problem });
  };
}

/** A process that was forked speaks to its parent; otherwise it prints. */
function createReporter(options: Options, log: Log): Reporter {
  const { json, apiKey } = options;
  const parent = process.send?.bind(process);
  if (parent) {
    return (report: Report) => {
      parent(report);
    };
  }
  if (json) return jsonReporter(process.stdout, process.stderr, Boolean(apiKey));
  // Where lines of standard error are JSON, all are.
  const errors = { write: (line: string) => log(line.trimEnd(), undefined, { level: 'error' }) };
  const isText = formOf(options) === 'text';
  return terminalReporter(process.stdout, isText ? process.stderr : errors, Boolean(apiKey));
}

function closeWhenToldTo(running: { close(): Promise<void> }, telemetry: WorkerOptions['telemetry']): void {
  let isClosing = false;
  const close = () => {
    if (isClosing) return;
    isClosing = true;
    setTimeout(() => process.exit(1), longestClose).unref();
    const all = running.close().finally(async () => (await telemetry)?.close());
    all.then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  for (const signal of stopSignals) process.once(signal, close);
  process.removeAllListeners('disconnect').once('disconnect', close);
  stopWithNpm(running.close);
}

function toMessage(error: unknown): string {
  if (error instanceof PortTaken) return `${error.message}; choose another with --port`;
  return error instanceof Error ? error.message : String(error);
}

function takenPortOf(error: unknown): number | null {
  return error instanceof PortTaken ? error.port : null;
}

/** What an operator should know goes to standard error; as JSON, where everything is. */
function openLog(options: Options): Promise<Log> {
  return createLog({ form: formOf(options), level: levelOf(options), output: process.stderr });
}

function formOf({ log, json }: Options): 'text' | 'json' {
  return log ?? (json ? 'json' : 'text');
}

/** With `--json`, what goes well is told on standard output already. */
function levelOf({ log, logLevel }: Options): LogLevel {
  return logLevel ?? (log === 'json' ? 'info' : 'warn');
}
