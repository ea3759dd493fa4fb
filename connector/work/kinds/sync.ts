import { unfinishedSyncs } from '../../store/queries/syncs.ts';
import { lockOf, type Kind, type WorkContext } from '../kind.ts';
import { performSync } from '../perform-sync.ts';

/**
 * Works off the syncs of one integration that run without a worker or wait. A job only says where to look; what is to be
 * done stands in the table of syncs, so a job too many does no harm, and one that is lost is sent again by `schedule`.
 */
export const sync: Kind = {
  name: 'sync',
  atOnce: ({ syncsAtOnce }) => syncsAtOnce,
  retries: 0,
  run: async (context, { integrationId = '' }, stopping) => {
    const { locks, database } = context.store;
    // Looked at again once the lock is given back: what was asked for in that moment found the lock still held.
    while (!stopping.aborted && (await unfinishedSyncs(database, integrationId)).length > 0) {
      const lock = await locks.take(lockOf(integrationId));
      // Whoever holds it works off what waits.
      if (!lock) return;
      try {
        await workOff(context, integrationId, { stopping, lost: lock.lost });
      } finally {
        await lock.release();
      }
    }
    // What is left, another process can go on with at once.
    if (stopping.aborted) await context.queue.send('sync', { integrationId }, integrationId);
  },
};

async function workOff(
  context: WorkContext,
  integrationId: string,
  { stopping, lost }: { stopping: AbortSignal; lost: AbortSignal },
): Promise<void> {
  const signal = AbortSignal.any([stopping, lost]);
  for (;;) {
    const [next] = await unfinishedSyncs(context.store.database, integrationId);
    if (!next || signal.aborted) return;
    await performSync(context, next, { signal });
    // What it has told waits for nobody's next look.
    await context.queue.send('outbox', {}, '');
  }
}
