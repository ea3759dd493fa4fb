// The queue is pg-boss, in the same database as everything else; this is all that the connector uses of it.
import { fromPglite, PgBoss, type ConstructorOptions } from 'pg-boss';
import type { Log } from '../log.ts';
import { DatabaseUnreachable } from '../store/outage.ts';
import type { Engine, Store } from '../store/open-store.ts';

/** What a job carries: ids only. The database has the rest, so that no job carries old values. */
export type JobData = Readonly<Record<string, string>>;

/** Hands jobs to whichever process is free. */
export interface Queue {
  /**
   * Sends a job. Of the jobs of a kind with the same key at most one waits; another one is dropped.
   *
   * @param key what the job is about
   */
  send(kind: string, data: JobData, key: string): Promise<void>;
  /** Sends a job without data, unless any process has sent one within these seconds. */
  sendOnceIn(seconds: number, kind: string): Promise<void>;
  /** Does the jobs of a kind as they come. */
  work(kind: string, atOnce: number, handle: (data: JobData) => Promise<void>): Promise<void>;
  /** Takes no more jobs of a kind. Resolves once those in hand are done. */
  leave(kind: string): Promise<void>;
  /** Takes no more jobs, waits for those in hand, and closes its connections. */
  stop(): Promise<void>;
}

/** A kind of job as the queue knows it. */
export interface QueuedKind {
  /** Also the name of its queue. */
  name: string;
  /** How often a job that failed, or whose process died, is tried again. */
  retries: number;
}

/** How the queue is opened. */
export interface QueueOptions {
  /** What may be sent. */
  kinds: readonly QueuedKind[];
  /** Whether jobs are done here; otherwise they are only sent. */
  isWorker: boolean;
  log: Log;
}

/**
 * Opens the queue.
 *
 * @throws DatabaseUnreachable, as do its functions that send
 */
export async function openQueue(
  { engine, outages }: Pick<Store, 'engine' | 'outages'>,
  { kinds, isWorker, log }: QueueOptions,
): Promise<Queue> {
  const boss = new PgBoss({
    ...placeOf(engine),
    // What comes regularly does so by `sendOnceIn`: the library's own schedule knows only whole minutes.
    schedule: false,
    supervise: isWorker,
    useListenNotify: isWorker,
    registerInstance: false,
    // A few rows that come and go need no index rebuilt.
    reindex: false,
    monitorVacuum: false,
    // Its own spans are one for each look into an empty queue; `connector/observe/` has what is of use.
    openTelemetry: { enabled: false },
  });
  boss.on('error', (error) => {
    const seen = outages.notice(error);
    // The log has the outage already.
    if (!(seen instanceof DatabaseUnreachable)) log('the queue has a problem', seen);
  });
  const noticing = <Result>(task: Promise<Result>) =>
    task.catch((error: unknown) => {
      throw outages.notice(error);
    });
  await noticing(start(boss, kinds));
  return {
    send: async (kind, data, key) => {
      await noticing(boss.send(kind, data, { singletonKey: key }));
    },
    sendOnceIn: async (seconds, kind) => {
      await noticing(boss.send(kind, {}, { singletonSeconds: seconds }));
    },
    work: async (kind, atOnce, handle) => {
      await Promise.all(Array.from({ length: atOnce }, () => workInOnePlace(boss, kind, handle)));
    },
    leave: (kind) => boss.offWork(kind, { wait: true }),
    stop: () => boss.stop({ graceful: true, timeout: graceMilliseconds }),
  };
}

/**
 * Does one job after the other. The library looks for the next one only when its interval is over, counted from the job before:
 * after a job that took a moment, a place would be idle for seconds while others wait.
 */
async function workInOnePlace(
  boss: PgBoss,
  kind: string,
  handle: (data: JobData) => Promise<void>,
): Promise<void> {
  const place = boss.work<JobData>(kind, polling, async (jobs) => {
    try {
      for (const { data } of jobs) await handle(data);
    } finally {
      boss.notifyWorker(await place);
    }
  });
  await place;
}

async function start(boss: PgBoss, kinds: readonly QueuedKind[]): Promise<void> {
  await boss.start();
  for (const { name, retries } of kinds) {
    await boss.createQueue(name, { policy: 'short', notify: true });
    await boss.updateQueue(name, { ...lifetimes, retryLimit: retries, retryDelay: 1, retryBackoff: true });
  }
}

/** Seconds. A process that has died is known by its missing heartbeats, so a job that lives may take long. */
const lifetimes = { heartbeatSeconds: 30, expireInSeconds: 24 * 3600 - 1, deleteAfterSeconds: 3600 };

/** Seconds. A new job is announced at once; this finds those that are tried again, and those whose message was lost. */
const polling = { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 5 };

/** How long a stop waits for the jobs in hand. */
const graceMilliseconds = 30_000;

function placeOf(engine: Engine): ConstructorOptions {
  return engine.name === 'pglite'
    ? { db: fromPglite(engine.pglite), backend: 'pglite' }
    : { connectionString: engine.databaseUrl, application_name: 'mock-gem queue', max: 3 };
}
