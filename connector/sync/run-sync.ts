import { toInstant, type Clock } from '../../contracts/clock.ts';
import type { GemClient } from '../gem/client.ts';
import { GemError, GemRefusedKey } from '../gem/errors.ts';
import { listings, routeOf } from '../models/listings.ts';
import type { Store } from '../store/open-store.ts';
import { analyze } from '../store/queries/analyze.ts';
import { readCheckpoints } from '../store/queries/read-checkpoints.ts';
import { markFirstSynced, type Integration } from '../store/queries/integrations.ts';
import { countRejected } from '../store/queries/count-rejected.ts';
import { forgetAllRejected } from '../store/queries/forget-rejected.ts';
import { beginSync } from '../store/queries/begin-sync.ts';
import { endSync } from '../store/queries/end-sync.ts';
import type { SyncState } from '../store/queries/find-sync.ts';
import { derive } from './derive.ts';
import { contextOf } from './mapping-context.ts';
import { markAllGone } from './mark-all-gone.ts';
import type { OnProgress } from './progress.ts';
import { readListing, type Reading } from './read-listing.ts';
import { Tally, type ModelCounts } from './tally.ts';
import type { ModelName } from '../models/model.ts';

/** What a sync works with. */
export interface RunSync {
  store: Pick<Store, 'database'>;
  clock: Clock;
  integration: Integration;
  gem: GemClient;
  /** Only full syncs so far: they read everything and find deletions. */
  type: 'FULL';
  onProgress?: OnProgress;
}

/** How a sync ended. The counts are of this run; what a killed run did before is not in them. */
export interface SyncSummary {
  syncId: string;
  state: SyncState;
  /** What went wrong, for people; null when nothing did. */
  problem: string | null;
  models: ReadonlyMap<ModelName, ModelCounts>;
}

/**
 * Brings an integration's data up to date. A sync of the same type that was killed is continued from its checkpoints.
 * What goes wrong at Gem ends the sync and is told by its state; one integration must not be synced twice at once.
 *
 * @throws only what is no fault of Gem, after the sync was ended as FAILED
 */
export async function runSync(options: RunSync): Promise<SyncSummary> {
  const { store, clock, integration, gem, type, onProgress } = options;
  const { database } = store;
  const begun = { integrationId: integration.id, type, startedAt: toInstant(clock.now()) };
  const { sync, isResumed } = await beginSync(database, begun);
  const tally = new Tally();
  const context = contextOf(integration);
  try {
    if (!isResumed) await forgetAllRejected(database, integration.id);
    await readAll({ database, clock, gem, syncId: sync.id, context, tally, onProgress });
    await settle(options, sync.id, tally);
    const problem = await describeRejected(options);
    return await end(problem === null ? 'SUCCEEDED' : 'PARTIALLY_FAILED', problem);
  } catch (error) {
    if (error instanceof GemRefusedKey) return await end('AUTHENTICATION_FAILED', error.message);
    if (error instanceof GemError) return await end('FAILED', error.message);
    await end('FAILED', 'the sync came upon a defect of the connector');
    throw error;
  }

  async function end(state: SyncState, problem: string | null): Promise<SyncSummary> {
    await database.transaction().execute(async (transaction) => {
      const endedAt = toInstant(clock.now());
      await endSync(transaction, { id: sync.id, state, endedAt, problem });
      const hasData = state === 'SUCCEEDED' || state === 'PARTIALLY_FAILED';
      if (hasData) await markFirstSynced(transaction, integration.id, endedAt);
    });
    return { syncId: sync.id, state, problem, models: tally.counts };
  }
}

async function readAll(reading: Reading): Promise<void> {
  const checkpoints = await readCheckpoints(reading.database, reading.syncId);
  for (const listing of listings) {
    const checkpoint = checkpoints.find((candidate) => candidate.listing === listing.operation);
    if (!checkpoint?.isFinished) await readListing(reading, listing, checkpoint?.nextPage ?? 1);
  }
}

/** What can only be done once everything was read. Derivations come last, because rows that are gone count for them. */
async function settle({ store, clock, integration }: RunSync, syncId: string, tally: Tally): Promise<void> {
  await store.database.transaction().execute(async (transaction) => {
    const at = toInstant(clock.now());
    await analyze(transaction);
    await markAllGone(transaction, { integrationId: integration.id, syncId, at, tally });
    tally.add(new Map(), await derive(transaction, { integrationId: integration.id, at }));
  });
}

async function describeRejected({ store, integration }: RunSync): Promise<string | null> {
  const rejected = await countRejected(store.database, integration.id);
  if (rejected.length === 0) return null;
  const parts = rejected.map(({ listing, count }) => `${count} of ${routeOf(listing)}`);
  return `records that could not be used: ${parts.join(', ')}`;
}
