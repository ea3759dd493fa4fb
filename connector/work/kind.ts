import type { Clock } from '../../contracts/clock.ts';
import type { Log } from '../log.ts';
import type { GemClient } from '../gem/client.ts';
import type { Store } from '../store/open-store.ts';
import type { Channel } from '../store/queries/deliveries.ts';
import type { Integration } from '../store/queries/integrations.ts';
import type { SyncSummary } from '../sync/run-sync.ts';
import type { JobData, Queue, QueuedKind } from './queue.ts';
import type { WorkSettings } from './settings.ts';

/**
 * One kind of background work. A job may be done twice, or begun by a process that dies, so doing it again must come to
 * the same.
 */
export interface Kind extends QueuedKind {
  /** How many of its jobs one process does at once. */
  atOnce: (settings: WorkSettings) => number;
  /** Seconds after which it comes by itself, once for all processes; left out, it only comes when it is sent. */
  every?: (settings: WorkSettings) => number;
  /**
   * Does one job.
   *
   * @param stopping aborted when the process is to end: what can be left for another is left
   */
  run(context: WorkContext, data: JobData, stopping: AbortSignal): Promise<void>;
}

/** What all kinds of work work with. */
export interface WorkContext {
  store: Pick<Store, 'database' | 'vault' | 'locks' | 'outages'>;
  clock: Clock;
  log: Log;
  settings: WorkSettings;
  queue: Pick<Queue, 'send'>;
  /** The client that speaks to the Gem account of an integration, which need not be saved yet. */
  clientOf(integration: Pick<Integration, 'gem'>): GemClient;
  /** Told of each sync that has ended here; one that was broken off has not. */
  onSyncEnd?: OnSyncEnd | undefined;
}

export type OnSyncEnd = (ended: SyncSummary & { integrationId: string }) => void;

/** The name of the lock that keeps an integration from being synced twice at once. */
export function syncLock(integrationId: string): string {
  return `sync of ${integrationId}`;
}

/** The name of the lock that keeps events of one channel in order, and from being sent by two processes at once. */
export function channelLock({ webhookId, channel }: Channel): string {
  return `events of ${channel} to ${webhookId}`;
}
