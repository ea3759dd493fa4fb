import { readCheckpoints, readWatermarks } from '../store/queries/progress.ts';
import { readCreated } from '../store/queries/creations.ts';
import { findRunningSync, type Sync } from '../store/queries/syncs.ts';
import type { Integration } from '../store/queries/integrations.ts';
import type { Database } from '../store/schema.ts';
import { createdOnly, type CreatedOnly } from './created-only.ts';
import { contextOf } from './mapping-context.ts';
import type { Reading } from './reading.ts';
import type { RunSync } from './run-sync.ts';
import type { Tally } from './tally.ts';

/** Gathers what the reading of a sync's lists works with. */
export async function openReading(options: RunSync, sync: Sync, tally: Tally): Promise<Reading> {
  const { store, clock, integration, gem, onProgress, signal } = options;
  const { database } = store;
  const full = sync.type === 'FULL' ? sync : await findRunningSync(database, integration.id, 'FULL');
  return {
    database,
    clock,
    gem,
    sync,
    // A full sync that was killed and has passed a list already would take what a delta sync adds to it for gone.
    sightingSyncId: full?.id,
    context: contextOf(integration),
    checkpoints: await readCheckpoints(database, sync.id),
    watermarks: await readWatermarks(database, integration),
    createdOnly: await createdOnlyOf(database, integration),
    metCandidates: new Set(),
    found: { hasRead: false, candidatesProblem: null },
    tally,
    onProgress,
    signal,
  };
}

/** What the created-only mode reads of an integration; undefined when everything is synced. */
export async function createdOnlyOf(
  database: Database,
  { id, isCreatedOnly }: Integration,
): Promise<CreatedOnly | undefined> {
  return isCreatedOnly ? createdOnly(await readCreated(database, id)) : undefined;
}
