import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../../contracts/clock.ts';
import { DatabaseUnreachable } from '../store/outage.ts';
import { ShuttingDown } from '../sync/outcome.ts';
import type { Log } from '../log.ts';
import type { GemClient } from '../gem/client.ts';
import type { Store } from '../store/open-store.ts';
import type { Integration } from '../store/queries/integrations.ts';
import type { SyncSummary } from '../sync/run-sync.ts';
import { defaultDelivery, type DeliverySettings } from '../webhooks/settings.ts';
import { within } from '../observe/trace.ts';
import { startHeartbeat, type Heartbeat } from './heartbeat.ts';
import type { JobData, Queue, QueuedKind } from './queue.ts';

/** Work that goes on in the background. */
export interface Worker {
  heartbeat: Heartbeat;
  /** Lets each job come to a good end, and leaves the rest to other workers. */
  stop(): Promise<void>;
}

/**
 * Starts to do background work of these kinds, beside any number of other processes. The queue must have been opened for a
 * worker; stopping the worker does not stop the queue.
 */
export async function startWorker(
  context: Omit<WorkContext, 'queue'> & { queue: Queue },
  kinds: readonly Kind[],
): Promise<Worker> {
  const { queue, settings, log } = context;
  const { outages } = context.store;
  const stopping = new AbortController();
  const timers: NodeJS.Timeout[] = [];
  const looks = new Set<Promise<void>>();
  const heartbeat = await startHeartbeat(context.store.database);
  for (const kind of kinds) {
    await queue.work(kind.name, kind.atOnce(settings), (data) => doJob(kind, data));
    const every = kind.every?.(settings);
    if (every === undefined) continue;
    // Once at the start, because a process that died may have left work.
    await queue.send(kind.name, {}, '');
    timers.push(setInterval(() => void sendNext(kind.name, every), every * 1000));
  }

  // After an outage, each frequent kind looks at once for work that the outage broke off.
  outages.onOver(() => {
    if (stopping.signal.aborted) return;
    for (const kind of kinds) {
      if ((kind.every?.(settings) ?? Infinity) > settings.checkEverySeconds) continue;
      const look = doJob(kind, {}).catch(() => {});
      looks.add(look);
      void look.finally(() => looks.delete(look));
    }
  });

  /** A job that an outage of the database broke off is done again as soon as the outage is over. */
  async function doJob(kind: Kind, data: JobData): Promise<void> {
    const { integrationId } = data;
    return within(integrationId === undefined ? {} : { integration_id: integrationId }, () =>
      perform(kind, data),
    );
  }

  async function perform(kind: Kind, data: JobData): Promise<void> {
    const { signal } = stopping;
    for (;;) {
      try {
        return await kind.run(context, data, signal);
      } catch (caught) {
        const error = outages.notice(caught);
        const isAway = error instanceof DatabaseUnreachable;
        if (!isAway) log(`work of the kind ${kind.name} failed`, error);
        if (!isAway || signal.aborted) throw error;
      }
      await outages.over(signal);
      await setTimeout(breath, undefined, { signal }).catch(() => {});
    }
  }

  async function sendNext(kind: string, every: number): Promise<void> {
    try {
      await queue.sendOnceIn(every, kind);
    } catch (error) {
      // The log has the outage already.
      if (!(error instanceof DatabaseUnreachable)) log('the queue has a problem', error);
    }
  }

  return {
    heartbeat,
    stop: async () => {
      for (const timer of timers) clearInterval(timer);
      // No more jobs are taken from here on, so that a job which is given back goes to another worker.
      const left = kinds.map(({ name }) => queue.leave(name));
      stopping.abort(new ShuttingDown());
      await Promise.all([...left, ...looks]);
      await heartbeat.stop();
    },
  };
}

/** Milliseconds before a job is done again: an outage may break it off many times. */
const breath = 250;

/**
 * One kind of background work. A job may be done twice, or its process may die on the way, so doing it again must have the
 * same result.
 */
export interface Kind extends QueuedKind {
  /** How many of its jobs one process does at once. */
  atOnce: (settings: WorkSettings) => number;
  /** Seconds between two jobs that come by themselves, once for all processes; without it, jobs only come when sent. */
  every?: (settings: WorkSettings) => number;
  /**
   * Does one job.
   *
   * @param stopping aborted when the process is to end; the rest of the job is then left to another process
   */
  run(context: WorkContext, data: JobData, stopping: AbortSignal): Promise<void>;
}

/** What every kind of work is given. */
export interface WorkContext {
  store: Pick<Store, 'database' | 'vault' | 'locks' | 'outages'>;
  clock: Clock;
  log: Log;
  settings: WorkSettings;
  queue: Pick<Queue, 'send'>;
  /** The client that speaks to the Gem account of an integration, which need not be saved yet. */
  clientOf(integration: Pick<Integration, 'gem'>): GemClient;
  /** Called with each sync that has ended here; an interrupted one has not ended. */
  onSyncEnd?: OnSyncEnd | undefined;
}

export type OnSyncEnd = (ended: SyncSummary & { integrationId: string }) => void;

/** How background work is done. */
export interface WorkSettings {
  /** How many full syncs one process runs at once, and how many deltas beside them. */
  syncsAtOnce: number;
  /** Seconds between two looks for syncs that are due, and for those whose process has died. */
  checkEverySeconds: number;
  /** Milliseconds after which a run of a sync is given up as TIMED_OUT. */
  syncTimeLimit: number;
  /** How many integrations one process tells webhooks of at once. */
  deliveriesAtOnce: number;
  webhooks: DeliverySettings;
  keep: RetentionSettings;
}

/** For how many days old data is stored. */
export interface RetentionSettings {
  /** The values of rows whose records are gone from Gem. */
  goneRows: number;
  /** The data and the credentials of integrations that were deleted. */
  deletedIntegrations: number;
  /** Syncs that have ended. */
  syncs: number;
  /** Events that have arrived or were given up. */
  events: number;
}

/** Settings of which any may be left out. */
export type GivenWorkSettings = Partial<Omit<WorkSettings, 'webhooks' | 'keep'>> & {
  webhooks?: Partial<DeliverySettings>;
  keep?: Partial<RetentionSettings>;
};

/** Fills in the defaults. */
export function readWorkSettings(given: GivenWorkSettings = {}): WorkSettings {
  return {
    syncsAtOnce: given.syncsAtOnce ?? 4,
    checkEverySeconds: given.checkEverySeconds ?? 10,
    syncTimeLimit: given.syncTimeLimit ?? 6 * 3_600_000,
    deliveriesAtOnce: given.deliveriesAtOnce ?? 4,
    webhooks: { ...defaultDelivery, ...given.webhooks },
    keep: { ...defaultRetention, ...given.keep },
  };
}

/** Fourteen days are Kombo's (kombo-unified-api §4.6, §5.3). */
const defaultRetention: RetentionSettings = { goneRows: 14, deletedIntegrations: 14, syncs: 30, events: 30 };
