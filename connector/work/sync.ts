import { setTimeout } from 'node:timers/promises';
import { SpanKind, type Span } from '@opentelemetry/api';
import {
  unfinishedSyncs,
  type Sync,
  type SyncState,
  findSync,
  queueSync,
  type SyncType,
} from '../store/queries/syncs.ts';
import type { JobData } from './queue.ts';
import { instruments } from '../observe/instruments.ts';
import { goOnWith, traced } from '../observe/trace.ts';
import { DatabaseUnreachable } from '../store/outage.ts';
import type { Kind, WorkContext } from './worker.ts';
import { toInstant, type Clock } from '../../contracts/clock.ts';
import { markAuthenticationFailing, markAuthenticationWorking } from '../store/queries/integration-state.ts';
import { findIntegration, type Integration } from '../store/queries/integrations.ts';
import { VaultCannotOpen } from '../store/vault.ts';
import { runSync, type SyncSummary } from '../sync/run-sync.ts';
import { SyncCancelled, SyncTimedOut } from '../sync/outcome.ts';
import type { OnProgress, SyncProgress } from '../sync/reading.ts';
import { finishSync } from '../webhooks/emit.ts';
import { listings, type ListingName } from '../models/listings.ts';
import { type Progress, readProgress, saveProgress } from '../store/queries/progress.ts';
import type { Database } from '../store/schema.ts';

/**
 * Performs the syncs of one integration that wait, or that run without a worker. A job only names the integration; the
 * table of syncs says what is to be done. So a job too many does no harm, and a lost one is sent again by `schedule`.
 */
export const sync: Kind = {
  name: 'sync',
  atOnce: ({ syncsAtOnce }) => syncsAtOnce,
  retries: 0,
  run: (context, data, stopping) => workOff(context, data, { stopping, types: ['FULL', 'DELTA'] }),
};

/**
 * The same for what changed since the last sync, in places of its own: what takes a moment never waits for accounts that are
 * read whole, of which each may take hours.
 */
export const deltaSync: Kind = {
  name: 'delta-sync',
  atOnce: ({ syncsAtOnce }) => syncsAtOnce,
  retries: 0,
  run: (context, data, stopping) => workOff(context, data, { stopping, types: ['DELTA'] }),
};

/** The kind of work that performs a sync. */
export function kindFor(type: SyncType): string {
  return type === 'DELTA' ? deltaSync.name : sync.name;
}

interface WorkOffOptions {
  stopping: AbortSignal;
  /** What is done here; the rest is sent to the kind that does it. */
  types: readonly SyncType[];
}

async function workOff(
  context: WorkContext,
  { integrationId = '' }: JobData,
  { stopping, types }: WorkOffOptions,
): Promise<void> {
  const { locks, database } = context.store;
  for (;;) {
    // Looked at again after the lock is released: a job that came a moment earlier found it held, and gave up.
    const [next] = await unfinishedSyncs(database, integrationId);
    if (!next) return;
    // Another process can go on with the rest at once.
    if (stopping.aborted || !types.includes(next.type)) {
      await context.queue.send(kindFor(next.type), { integrationId }, integrationId);
      return;
    }
    const lock = await locks.take(syncLock(integrationId));
    // The process that holds it performs what waits.
    if (!lock) return;
    try {
      await performWaiting(context, integrationId, {
        types,
        signal: AbortSignal.any([stopping, lock.lost]),
      });
    } finally {
      await lock.release();
    }
  }
}

async function performWaiting(
  context: WorkContext,
  integrationId: string,
  { types, signal }: { types: readonly SyncType[]; signal: AbortSignal },
): Promise<void> {
  for (;;) {
    const [next] = await unfinishedSyncs(context.store.database, integrationId);
    if (!next || signal.aborted || !types.includes(next.type)) return;
    await performSync(context, next, { signal });
    // Its events are sent at once, and not only at the next look.
    await context.queue.send('outbox', {}, '');
  }
}

/** The part of the context that a sync needs. */
type SyncContext = Pick<WorkContext, 'store' | 'clock' | 'settings' | 'clientOf' | 'onSyncEnd'>;

/**
 * Performs a sync, or what is left of it. The caller holds the integration's lock. Between two pages the sync is cancelled
 * when its integration was switched off or deleted, and ends as TIMED_OUT when it takes too long.
 *
 * @param signal interrupts it; the sync stays RUNNING then, and the next process resumes it
 * @throws only errors that are not Gem's fault, after the sync has ended as FAILED
 */
async function performSync(context: SyncContext, sync: Sync, options: PerformOptions): Promise<SyncSummary> {
  const { id, integrationId, type, traceparent } = sync;
  const fields = { integration_id: integrationId, sync_id: id };
  const step = { kind: SpanKind.CONSUMER, attributes: { 'sync.type': type, ...fields }, fields };
  const measured = async (span: Span) => {
    const begin = performance.now();
    try {
      const summary = await perform(context, sync, options);
      span.setAttributes({ 'sync.type': summary.type, 'sync.state': summary.state });
      if (summary.state === 'RUNNING') return summary;
      instruments.syncs.add(1, { type: summary.type, state: summary.state });
      instruments.syncSeconds.record((performance.now() - begin) / 1000, { type: summary.type });
      context.onSyncEnd?.({ integrationId, ...summary });
      return summary;
    } catch (error) {
      // It goes on after an outage, and has failed after anything else.
      if (!(error instanceof DatabaseUnreachable)) instruments.syncs.add(1, { type, state: 'FAILED' });
      throw error;
    }
  };
  return goOnWith(traceparent, () => traced('sync', step, measured));
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
  const progress = await trackProgress({ database: store.database, clock }, sync.id, () =>
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

/** Credentials that cannot be opened end the sync: every retry would fail in the same way. */
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

/** The name of the lock that keeps an integration from being synced twice at once. */
export function syncLock(integrationId: string): string {
  return `sync of ${integrationId}`;
}

/**
 * Performs a sync in this process, without a worker, under the lock that workers use: it waits for a sync that runs
 * already. The counts are of this process: there are none of a sync that another process performed.
 *
 * @param signal interrupts it; the sync stays RUNNING then, to be resumed
 */
export async function syncNow(
  context: SyncContext,
  integrationId: string,
  {
    signal,
    onProgress,
    type: wanted = 'FULL',
  }: { signal: AbortSignal; onProgress?: OnProgress | undefined; type?: SyncType | undefined },
): Promise<SyncSummary> {
  const { database, locks } = context.store;
  const at = toInstant(context.clock.now());
  const { id } = (await queueSync(database, { integrationId, type: wanted, at })).sync;
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

/** Saves how far a sync has come, while it runs. */
interface ProgressTracker {
  note(progress: SyncProgress): void;
  /** Resolves once everything that was noted is saved. */
  saved(): Promise<void>;
}

/**
 * Saves a sync's progress in its row. The sync never waits for that: pages that come during a write are written together
 * after it. The counts go on from those of an earlier run.
 *
 * @param onUnwanted called when the integration was switched off or deleted meanwhile
 */
async function trackProgress(
  { database, clock }: { database: Database; clock: Clock },
  syncId: string,
  onUnwanted: () => void,
): Promise<ProgressTracker> {
  const before = await readProgress(database, syncId);
  const runBeganAt = toInstant(clock.now());
  let unsaved: Progress = {};
  let saving: Promise<void> | undefined;

  async function save(): Promise<void> {
    while (Object.keys(unsaved).length > 0) {
      const progress = unsaved;
      unsaved = {};
      const { mayGoOn } = await saveProgress(database, { syncId, progress });
      if (!mayGoOn) onUnwanted();
    }
  }

  return {
    note: ({ listing, records, total, done: isFinished }) => {
      const recordsBefore = countedBefore(listing, before);
      const at = toInstant(clock.now());
      const noted = { records: recordsBefore + records, isFinished, total, recordsBefore, runBeganAt, at };
      unsaved = { ...unsaved, [listing]: noted };
      // A sync must not fail because of its progress; without its database it fails by itself.
      saving ??= save()
        .catch(() => {})
        .finally(() => {
          saving = undefined;
        });
    },
    saved: async () => {
      await saving;
    },
  };
}

/** A list that can get shorter is read from its beginning again, so its count begins again too. */
function countedBefore(listing: ListingName, before: Progress): number {
  const beginsAnew = listings.some(({ operation, canShrink }) => operation === listing && canShrink);
  return beginsAnew ? 0 : (before[listing]?.records ?? 0);
}
