import { setTimeout } from 'node:timers/promises';
import { toInstant } from '../../contracts/clock.ts';
import { findSync, queueSync, type SyncType } from '../store/queries/syncs.ts';
import type { OnProgress } from '../sync/progress.ts';
import type { SyncSummary } from '../sync/run-sync.ts';
import { performSync, type SyncContext } from './perform-sync.ts';
import { lockOf } from './kind.ts';

/**
 * Performs a sync in this process, without a worker, under the same lock as workers do: one that runs already is
 * waited for. The counts are those of this process: a sync that another one performed has none.
 *
 * @param signal breaks it off; it stays RUNNING then, to be resumed
 */
export async function syncNow(
  context: SyncContext,
  integrationId: string,
  {
    signal,
    onProgress,
    type: asked = 'FULL',
  }: { signal: AbortSignal; onProgress?: OnProgress | undefined; type?: SyncType | undefined },
): Promise<SyncSummary> {
  const { database, locks } = context.store;
  const at = toInstant(context.clock.now());
  const { id } = (await queueSync(database, { integrationId, type: asked, at })).sync;
  for (;;) {
    const lock = await locks.take(lockOf(integrationId));
    try {
      const sync = await findSync(database, id);
      if (!sync) throw new Error('the integration was removed');
      const isOver = sync.state !== 'QUEUED' && sync.state !== 'RUNNING';
      if (isOver || signal.aborted) {
        const { type, state, problem } = sync;
        return { syncId: id, type, state, problem, models: new Map() };
      }
      if (lock) {
        return await performSync(context, sync, { signal: AbortSignal.any([signal, lock.lost]), onProgress });
      }
    } finally {
      await lock?.release();
    }
    await setTimeout(lookAgainAfter);
  }
}

/** Milliseconds. */
const lookAgainAfter = 100;
