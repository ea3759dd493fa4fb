import { toInstant } from '../../contracts/clock.ts';
import { GemError, GemRefusedKey } from '../gem/errors.ts';
import { listings, type ListingName, lookups } from '../models/listings.ts';
import type { ModelName } from '../models/model.ts';
import { changeRows } from '../store/change-rows.ts';
import { DatabaseUnreachable } from '../store/outage.ts';
import type { Database } from '../store/schema.ts';
import { analyze } from '../store/queries/analyze.ts';
import {
  beginSync,
  findRunningSync,
  type Sync,
  type SyncState,
  type SyncType,
  turnDeltaIntoFull,
} from '../store/queries/syncs.ts';
import { countRejected, forgetAllRejected } from '../store/queries/rejected.ts';
import { offParts } from '../policy/scope.ts';
import { renewData } from '../store/queries/expiry.ts';
import { clearOff } from '../store/queries/scope.ts';
import { markFirstSynced } from '../store/queries/integrations.ts';
import {
  readCheckpoints,
  readWatermarks,
  saveCheckpoint,
  saveWatermarks,
  noteChangedModels,
} from '../store/queries/progress.ts';
import { finishSync, type FinishSync } from '../webhooks/emit.ts';
import { typeToRun } from './changes-since.ts';
import { derive } from './derivations.ts';
import { stateAfter, outcomeOfSync } from './outcome.ts';
import { lookInto, markAllGone, provingLists } from './losses.ts';
import { contextOf, createdOnlyOf, openReading, type RunSync } from './reading.ts';
import { readListing } from './read-listing.ts';
import { readLookup } from './read-lookup.ts';
import { Tally, type ModelCounts } from './tally.ts';

/** How a sync ended. The counts are of this run; what a killed run did before is not in them. */
export interface SyncSummary {
  syncId: string;
  /** What was run, which may be another type than was asked for. */
  type: SyncType;
  /** RUNNING when the sync was stopped and is to be resumed. */
  state: SyncState;
  /** What went wrong or was left out, for people; null when nothing did. */
  problem: string | null;
  models: ReadonlyMap<ModelName, ModelCounts>;
}

/**
 * Brings an integration's data up to date. A sync of the same type that was killed is continued from its checkpoints.
 * An error of Gem ends the sync, and its state says which; one integration must not be synced twice at once.
 *
 * @throws DatabaseUnreachable when the database went away: the sync is to be resumed; otherwise only what is no fault of
 *   Gem, after the sync was ended as FAILED
 */
export async function runSync(options: RunSync): Promise<SyncSummary> {
  const { store, clock, integration, signal } = options;
  const { database } = store;
  const { sync, isResumed } = await begin(options);
  const tally = new Tally();
  try {
    if (!isResumed && sync.type === 'FULL') await forgetAllRejected(database, integration.id);
    await clearWhatIsOff(options, sync, tally);
    await readAll(options, sync, tally);
    const proving = await findProvingLists(options, sync);
    await settle(options, sync, proving, tally);
    const checkpoints = await readCheckpoints(database, sync.id);
    const { state, problem } = outcomeOfSync(checkpoints, await countRejected(database, integration.id));
    return await end(state, problem);
  } catch (error) {
    if (signal?.aborted && error === signal.reason) return await stop(signal.reason);
    if (error instanceof GemRefusedKey) return await end('AUTHENTICATION_FAILED', error.message);
    if (error instanceof GemError) return await end('FAILED', error.message);
    // It goes on from its checkpoints after the outage.
    if (error instanceof DatabaseUnreachable) throw error;
    await end('FAILED', 'the sync came upon a defect of the connector');
    throw error;
  }

  async function end(state: FinishSync['state'], problem: string | null): Promise<SyncSummary> {
    await database.transaction().execute(async (transaction) => {
      const endedAt = toInstant(clock.now());
      const { id: integrationId, isCreatedOnly, isRemoteDataEnabled, scope } = integration;
      const ended = { id: sync.id, integrationId, state, endedAt, problem };
      await finishSync(transaction, ended, async () => {
        if (state !== 'SUCCEEDED' && state !== 'PARTIALLY_FAILED') return;
        await saveWatermarks(transaction, { syncId: sync.id, integrationId, isCreatedOnly });
        await markFirstSynced(transaction, integrationId, endedAt);
        if (sync.type !== 'FULL') return;
        const { startedAt } = sync;
        await renewData(transaction, {
          id: integrationId,
          startedAt,
          isCreatedOnly,
          isRemoteDataEnabled,
          scope,
        });
      });
    });
    return { syncId: sync.id, type: sync.type, state, problem, models: tally.counts };
  }

  async function stop(reason: unknown): Promise<SyncSummary> {
    const state = stateAfter(reason);
    const problem = reason instanceof Error ? reason.message : null;
    if (state !== 'RUNNING') return end(state, problem);
    return { syncId: sync.id, type: sync.type, state, problem, models: tally.counts };
  }
}

async function begin({
  store: { database },
  clock,
  integration,
  type: wanted,
}: RunSync): Promise<{ sync: Sync; isResumed: boolean }> {
  const begun = { integrationId: integration.id, startedAt: toInstant(clock.now()) };
  const type = typeToRun(wanted, await readWatermarks(database, integration), integration.dataExpiredAt);
  if (type !== wanted) {
    await giveUpDelta(database, begun);
    await turnDeltaIntoFull(database, integration.id);
  }
  return beginSync(database, { ...begun, type });
}

/** Ends a delta sync whose process died, because a full one takes its place. */
async function giveUpDelta(
  database: Database,
  { integrationId, startedAt: endedAt }: { integrationId: string; startedAt: string },
): Promise<void> {
  const killed = await findRunningSync(database, integrationId, 'DELTA');
  if (!killed) return;
  const problem = 'a full sync takes its place';
  await database.transaction().execute(async (transaction) => {
    await finishSync(transaction, { id: killed.id, integrationId, state: 'CANCELLED', endedAt, problem });
  });
}

/** Whatever Gem answers: what is off is off, and a sync brings none of it. */
async function clearWhatIsOff(
  { store, clock, integration }: RunSync,
  { id: syncId }: Sync,
  tally: Tally,
): Promise<void> {
  const { id: integrationId, scope } = integration;
  if (offParts(scope).length === 0) return;
  const cleared = await changeRows(
    store.database,
    { integrationId, clock, isAlone: true },
    async (transaction, at) => {
      const changes = await clearOff(transaction, { integrationId, scope, at });
      await noteChangedModels(transaction, { syncId, models: [...changes.keys()] });
      return changes;
    },
  );
  for (const [model, rows] of cleared) tally.addGone(model, rows);
}

/** Lookups come first: they decide what a delta sync reads whole. */
async function readAll(options: RunSync, sync: Sync, tally: Tally): Promise<void> {
  const before = await openReading(options, sync, tally);
  for (const lookup of lookups) await readLookup(before, lookup);
  const reading = { ...before, checkpoints: await readCheckpoints(options.store.database, sync.id) };
  for (const listing of listings) await readListing(reading, listing);
}

/**
 * The lists that prove what is gone; none for a delta sync. Of a list that turns out to show less than there is, the
 * checkpoint says so, as of one that was left out.
 */
async function findProvingLists(
  { store: { database }, clock, integration, gem, signal }: RunSync,
  { id: syncId, type }: Sync,
): Promise<ListingName[]> {
  if (type !== 'FULL') return [];
  const { id: integrationId } = integration;
  await analyze(database, { isNew: integration.firstSyncedAt === null });
  const checkpoints = await readCheckpoints(database, syncId);
  const proving = await provingLists(database, { integrationId, checkpoints });
  const loss = {
    database,
    gem,
    integrationId,
    syncId,
    createdOnly: await createdOnlyOf(database, integration),
    at: toInstant(clock.now()),
    signal,
  };
  const proven: ListingName[] = [];
  for (const checkpoint of checkpoints) {
    const listing = listings.find(({ operation }) => operation === checkpoint.listing);
    if (!listing || !proving.includes(listing.operation)) continue;
    const { isProven, problem } = await lookInto(loss, listing, checkpoint.shown);
    if (isProven) proven.push(listing.operation);
    if (problem !== null) await saveCheckpoint(database, { ...checkpoint, syncId, problem });
  }
  return proven;
}

/** What can only be done once everything was read. Derivations come last, because rows that are gone count for them. */
async function settle(
  { store, clock, integration }: RunSync,
  { id: syncId }: Sync,
  proving: readonly ListingName[],
  tally: Tally,
): Promise<void> {
  const { id: integrationId } = integration;
  const settled = await changeRows(store.database, { integrationId, clock }, async (transaction, at) => {
    const done = new Tally();
    await markAllGone(transaction, { integrationId, syncId, proving, at, tally: done });
    done.add(new Map(), await derive(transaction, { integrationId, at, off: contextOf(integration).off }));
    await noteChangedModels(transaction, { syncId, models: done.changedModels() });
    return done;
  });
  tally.include(settled);
}
