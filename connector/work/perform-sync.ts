import { toInstant } from '../../contracts/clock.ts';
import { markAuthenticationFailing, markAuthenticationWorking } from '../store/queries/integration-state.ts';
import { findIntegration, type Integration } from '../store/queries/integrations.ts';
import type { Sync, SyncState } from '../store/queries/syncs.ts';
import { VaultCannotOpen } from '../store/vault.ts';
import { runSync, type SyncSummary } from '../sync/run-sync.ts';
import { SyncCancelled, SyncTimedOut } from '../sync/interruption.ts';
import type { OnProgress } from '../sync/progress.ts';
import { finishSync } from '../webhooks/finish-sync.ts';
import { keepProgress } from './keep-progress.ts';
import type { WorkContext } from './kind.ts';

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
  const progress = await keepProgress(store.database, sync.id, () =>
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
    await progress.kept();
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
