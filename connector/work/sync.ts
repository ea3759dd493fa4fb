import { setTimeout } from 'node:timers/promises';
import {
  unfinishedSyncs,
  type Sync,
  type SyncState,
  findSync,
  queueSync,
  type SyncType,
} from '../store/queries/syncs.ts';
import { syncLock, type Kind, type WorkContext } from './kind.ts';
import { toInstant } from '../../contracts/clock.ts';
import { markAuthenticationFailing, markAuthenticationWorking } from '../store/queries/integration-state.ts';
import { findIntegration, type Integration } from '../store/queries/integrations.ts';
import { VaultCannotOpen } from '../store/vault.ts';
import { runSync, type SyncSummary } from '../sync/run-sync.ts';
import { SyncCancelled, SyncTimedOut } from '../sync/outcome.ts';
import type { OnProgress } from '../sync/reading.ts';
import { finishSync } from '../webhooks/emit.ts';
import { trackProgress } from './progress.ts';

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
      const lock = await locks.take(syncLock(integrationId));
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

/** What performing a sync takes of the context. */
export type SyncContext = Pick<WorkContext, 'store' | 'clock' | 'settings' | 'clientOf' | 'onSyncEnd'>;

/**
 * Performs a sync, or what is left of it. The caller holds the integration's lock. Between pages it is cancelled when its
 * integration was switched off or deleted, and given up when it takes too long.
 *
 * @param signal breaks it off; it is then RUNNING still, to be resumed by whoever comes next
 * @throws only what is no fault of Gem, after the sync was ended as FAILED
 */
export async function performSync(
  context: SyncContext,
  sync: Sync,
  options: PerformOptions,
): Promise<SyncSummary> {
  const summary = await perform(context, sync, options);
  const { integrationId } = sync;
  if (summary.state !== 'RUNNING') context.onSyncEnd?.({ integrationId, ...summary });
  return summary;
}

interface PerformOptions {
  signal: AbortSignal;
  onProgress?: OnProgress | undefined;
}

async function perform(
  context: SyncContext,
  sync: Sync,
  { signal, onProgress }: PerformOptions,
): Promise<SyncSummary> {
  const integration = await openIntegration(context, sync.integrationId);
  if (integration instanceof VaultCannotOpen) return end(context, sync, 'FAILED', integration.message);
  if (integration?.state !== 'ACTIVE') return end(context, sync, 'CANCELLED', notActive);

  const { store, clock, settings, clientOf } = context;
  const interruption = new AbortController();
  const deadline = clock.now() + settings.syncTimeLimit;
  const progress = await trackProgress(store.database, sync.id, () =>
    interruption.abort(new SyncCancelled(notActive)),
  );
  try {
    const summary = await runSync({
      store,
      clock,
      integration,
      gem: clientOf(integration),
      type: sync.type,
      signal: AbortSignal.any([signal, interruption.signal]),
      onProgress: (page) => {
        progress.note(page);
        onProgress?.(page);
        if (clock.now() >= deadline) interruption.abort(new SyncTimedOut());
      },
    });
    await noteAuthentication(context, integration.id, summary.state);
    return summary;
  } finally {
    await progress.saved();
  }
}

const notActive = 'the integration was switched off, deleted, or found invalid';

/** Credentials that cannot be opened are told by the sync: it would fail the same way for ever. */
async function openIntegration(
  { store }: SyncContext,
  id: string,
): Promise<Integration | VaultCannotOpen | undefined> {
  try {
    return await findIntegration(store, id);
  } catch (error) {
    if (error instanceof VaultCannotOpen) return error;
    throw error;
  }
}

/** Credentials that fail for days make an integration invalid; a single success starts the count anew. */
async function noteAuthentication({ store, clock }: SyncContext, id: string, state: SyncState) {
  const { database } = store;
  if (state === 'AUTHENTICATION_FAILED') {
    await markAuthenticationFailing(database, { id, since: toInstant(clock.now()) });
  }
  if (state === 'SUCCEEDED' || state === 'PARTIALLY_FAILED') await markAuthenticationWorking(database, id);
}

async function end(
  { store, clock }: SyncContext,
  { id, integrationId, type }: Sync,
  state: 'FAILED' | 'CANCELLED',
  problem: string,
): Promise<SyncSummary> {
  await store.database.transaction().execute(async (transaction) => {
    const endedAt = toInstant(clock.now());
    await finishSync(transaction, { id, integrationId, state, endedAt, problem });
  });
  return { syncId: id, type, state, problem, models: new Map() };
}

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
    const lock = await locks.take(syncLock(integrationId));
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
