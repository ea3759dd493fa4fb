import { setTimeout } from 'node:timers/promises';
import { DatabaseUnreachable, type Outages } from '../store/outage.ts';
import type { Store } from '../store/open-store.ts';
import type { Progress } from '../store/queries/progress.ts';
import { findSyncReport, type SyncReport } from '../store/queries/syncs.ts';
import { listings, type ListingName } from '../models/listings.ts';
import type { OnProgress } from '../sync/reading.ts';

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
      const { records = 0, isFinished: done = false } = sync.progress[listing] ?? {};
      onProgress?.({ listing, records, done });
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
