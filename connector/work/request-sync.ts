import { setTimeout } from 'node:timers/promises';
import { toInstant } from '../../contracts/clock.ts';
import { findIntegration } from '../store/queries/integrations.ts';
import {
  queueSync,
  type SyncType,
  unfinishedSyncs,
  findSyncReport,
  type SyncReport,
} from '../store/queries/syncs.ts';
import { DatabaseUnreachable, type Outages } from '../store/outage.ts';
import type { Store } from '../store/open-store.ts';
import type { Progress } from '../store/queries/progress.ts';
import { listings, type ListingName } from '../models/listings.ts';
import type { OnProgress } from '../sync/reading.ts';
import { kindFor } from './sync.ts';
import type { WorkContext } from './worker.ts';

/** What came of asking for a sync (kombo-unified-api §4.5). */
export interface RequestedSync {
  /** Whether it waited or ran already. */
  already_queued: boolean;
  sync_id: string;
  /** What it will be, which may be more than was asked for. */
  type: SyncType;
}

/** The integration is switched off, invalid, deleted or unknown, so it is not synced. */
export class NotSynced extends Error {
  override readonly name = 'NotSynced';
  readonly state: 'INACTIVE' | 'INVALID' | 'UNKNOWN';
  constructor(state: NotSynced['state']) {
    super(`the integration is not synced: it is ${state}`);
    this.state = state;
  }
}

/**
 * Asks for a sync, which some worker then performs. At most one of each type waits or runs. A delta becomes a full sync
 * where there is nothing to add to yet, where what there is goes with other settings, or where a full one is on its way
 * already.
 *
 * @throws NotSynced
 */
export async function requestSync(
  { store, clock, queue }: Pick<WorkContext, 'clock' | 'queue'> & { store: RequestStore },
  integrationId: string,
  type: SyncType,
): Promise<RequestedSync> {
  const { database } = store;
  const integration = await findIntegration(store, integrationId);
  if (!integration) throw new NotSynced('UNKNOWN');
  if (integration.state !== 'ACTIVE') throw new NotSynced(integration.state);

  const unfinished = await unfinishedSyncs(database, integrationId);
  const isFullNeeded =
    integration.firstSyncedAt === null ||
    integration.dataExpiredAt !== null ||
    unfinished.some((sync) => sync.type === 'FULL');
  const { sync, isNew } = await queueSync(database, {
    integrationId,
    type: isFullNeeded ? 'FULL' : type,
    at: toInstant(clock.now()),
  });
  await queue.send(kindFor(sync.type), { integrationId }, integrationId);
  return { already_queued: !isNew, sync_id: sync.id, type: sync.type };
}

type RequestStore = Pick<WorkContext['store'], 'database' | 'vault'>;

/**
 * Waits for the end of a sync, which any process may perform, and reports how far it has come. An outage of the database is
 * waited for.
 *
 * @param signal ends the waiting; the sync goes on
 * @returns the sync at that time
 * @throws Error when there is no such sync any more
 */
export async function awaitSync(
  store: Pick<Store, 'database' | 'outages'>,
  syncId: string,
  { signal, onProgress }: { signal: AbortSignal; onProgress?: OnProgress | undefined },
): Promise<SyncReport> {
  let reported: Progress = {};
  for (let pause = shortestPause; ; pause = Math.min(2 * pause, longestPause)) {
    const sync = await enduring(store.outages, signal, () => findSyncReport(store.database, syncId));
    if (!sync) throw new Error('the sync was removed');
    for (const listing of changed(reported, sync.progress)) {
      const { records = 0, total = null, isFinished: done = false } = sync.progress[listing] ?? {};
      onProgress?.({ listing, records, total, done });
    }
    reported = sync.progress;
    const isOver = sync.state !== 'QUEUED' && sync.state !== 'RUNNING';
    if (isOver || signal.aborted) return sync;
    await setTimeout(pause);
  }
}

/**
 * Does what reads from the database, again after each of its outages.
 *
 * @throws DatabaseUnreachable when the signal is aborted while the database is away
 */
export async function enduring<Result>(
  outages: Pick<Outages, 'over'>,
  signal: AbortSignal,
  task: () => Promise<Result>,
): Promise<Result> {
  for (;;) {
    try {
      return await task();
    } catch (error) {
      if (!(error instanceof DatabaseUnreachable) || signal.aborted) throw error;
      await outages.over(signal);
      await setTimeout(longestPause);
    }
  }
}

/** Milliseconds: the end of a short sync is seen at once, and a long one is not asked for again and again. */
const [shortestPause, longestPause] = [10, 160];

function changed(before: Progress, now: Progress): ListingName[] {
  return listings
    .map(({ operation }) => operation)
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(now[name]));
}
