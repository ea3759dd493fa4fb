import { type ConnectorConfig, readConfig, type WorkerOptions } from './config.ts';
import { createGemClient } from './gem/client.ts';
import { createGate, ownStates } from './gem/gate.ts';
import { instruments } from './observe/instruments.ts';
import { type Store, openStore } from './store/open-store.ts';
import { sharedStates } from './store/queries/key-states.ts';
import type { Services } from './actions/services.ts';
import { finishCreations } from './actions/finish-creation.ts';
import { cleanUp, schedule } from './work/schedule.ts';
import { deliver, outbox } from './work/deliveries.ts';
import { deltaSync, sync } from './work/sync.ts';
import { openQueue, type Queue } from './work/queue.ts';
import type { Watched } from './status/readiness.ts';
import { listenForStatus } from './status/serve-status.ts';
import { startWorker, type Kind, type WorkContext } from './work/worker.ts';

/** Every kind of background work. */
export const kinds: readonly Kind[] = [schedule, sync, deltaSync, outbox, deliver, finishCreations, cleanUp];

/** The side of a process that callers do not wait for. */
export interface Background {
  context: WorkContext;
  /** Makes clients for those whom somebody waits for: their calls of Gem go before those of syncs. */
  urgentClientOf: Services['clientOf'];
  /** What readiness is asked of. */
  watched: Watched;
  /** Stops at a good point, and closes the queue. */
  close(): Promise<void>;
}

/**
 * Opens the queue and, in a worker, begins to work. A process that only answers opens the queue when it first sends
 * something.
 */
export async function openBackground(
  store: Store,
  config: Pick<
    ConnectorConfig,
    'clock' | 'log' | 'work' | 'gemRetries' | 'gemRate' | 'isWorker' | 'onSyncEnd'
  >,
): Promise<Background> {
  const { clock, log, work: settings, isWorker, onSyncEnd } = config;
  const { clientsFor, stop } = openClients(store, config);
  const clientOf = clientsFor({ isUrgent: false });
  const urgentClientOf = clientsFor({ isUrgent: true });
  const open = () => openQueue(store, { kinds, isWorker, log });
  const common = { store, clock, log, settings, clientOf, onSyncEnd };
  const parts = { database: store.database, kinds: kinds.map(({ name }) => name) };
  if (!isWorker) {
    const queue = openWhenNeeded(open);
    const watched = { ...parts, heartbeat: undefined };
    const close = async () => {
      stop();
      await queue.stop();
    };
    return { context: { ...common, queue }, urgentClientOf, watched, close };
  }
  const queue = await open();
  const context = { ...common, queue };
  const worker = await startWorker(context, kinds);
  return {
    context,
    urgentClientOf,
    watched: { ...parts, heartbeat: worker.heartbeat },
    close: async () => {
      await worker.stop();
      stop();
      await queue.stop();
    },
  };
}

/** How clients of Gem are made, all of which keep to one limit for each key, together with those of other processes. */
function openClients(
  { database, vault, engine }: Store,
  { clock, log, gemRetries, gemRate }: Pick<ConnectorConfig, 'clock' | 'log' | 'gemRetries' | 'gemRate'>,
): { clientsFor: (options: { isUrgent: boolean }) => Services['clientOf']; stop: () => void } {
  const gate =
    gemRate === 'off'
      ? undefined
      : createGate({
          rate: gemRate,
          states: engine.name === 'pglite' ? ownStates(() => clock.now()) : sharedStates(database, clock),
          onDown: () => instruments.gemFoundDown.add(1, {}),
          onProblem: (error) => log('the state of a key of Gem could not be noted', error),
        });
  const stop = instruments.gemKeysLeftAlone.observe((tell) => tell(gate?.closedKeys() ?? 0, {}));
  const clientsFor: ReturnType<typeof openClients>['clientsFor'] =
    ({ isUrgent }) =>
    ({ gem }, options) =>
      createGemClient({
        ...gem,
        retry: { limit: gemRetries },
        ...(gate && { passage: gate.passageOf(vault.digest(`${gem.url} ${gem.apiKey}`), isUrgent) }),
        ...options,
      });
  return { clientsFor, stop };
}

function openWhenNeeded(open: () => Promise<Queue>): Pick<Queue, 'send' | 'stop'> {
  let opened: Promise<Queue> | undefined;
  return {
    send: async (...job) => {
      // What failed once may work the next time.
      opened ??= open().catch((error: unknown) => {
        opened = undefined;
        throw error;
      });
      await (await opened).send(...job);
    },
    stop: async () => {
      await (await opened)?.stop();
    },
  };
}

/** A running worker. */
export interface ConnectorWorker {
  /** Where its health and its metrics are asked for, if anywhere. */
  statusUrl: string | undefined;
  /** Stops where it is good to, and leaves the rest for other workers, or for the next start. */
  close(): Promise<void>;
}

/**
 * Starts a worker, which listens on no port unless it is given one for its health and metrics: it performs what is due and what was asked for, beside any number of other
 * processes on the same database.
 *
 * @throws StoreInUse when another process has the embedded database open, DatabaseUnreachable when the server cannot be
 *   used, UnusableKey, MissingKey, LostKey or WrongKey when the encryption key will not do, PortTaken when the port is in use
 */
export async function startConnectorWorker(options: WorkerOptions): Promise<ConnectorWorker> {
  const config = readConfig({ ...options, isWorker: true });
  const store = await openStore(config);
  try {
    const { host, statusPort } = config;
    const telemetry = await config.telemetry;
    const background = await openBackground(store, config);
    const sources = { ...background.watched, telemetry, gauges: undefined };
    const status = await listenForStatus(sources, { host, port: statusPort }).catch(
      async (error: unknown) => {
        await background.close();
        throw error;
      },
    );
    return {
      statusUrl: status?.url,
      close: async () => {
        await background.close();
        await status?.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}
