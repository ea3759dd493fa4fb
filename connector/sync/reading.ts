import type { GemClient } from '../gem/client.ts';
import type { MappingContext } from '../models/model.ts';
import { readCreated } from '../store/queries/creations.ts';
import type { Integration } from '../store/queries/integrations.ts';
import {
  type Checkpoint,
  readCheckpoints,
  readWatermarks,
  type Watermark,
} from '../store/queries/progress.ts';
import { findRunningSync, type Sync, type SyncType } from '../store/queries/syncs.ts';
import type { Store } from '../store/open-store.ts';
import type { Database } from '../store/schema.ts';
import { type CreatedOnly, createdOnly } from './created-only.ts';
import type { Tally } from './tally.ts';
import type { Clock } from '../../contracts/clock.ts';
import type { ListingName } from '../models/listings.ts';
import { models } from '../models/index.ts';
import { offParts } from '../policy/scope.ts';

/** What a sync works with. */
export interface RunSync {
  store: Pick<Store, 'database'>;
  clock: Clock;
  integration: Integration;
  gem: GemClient;
  /**
   * Full reads everything and finds what vanished. Delta reads what changed since the last good sync, with the
   * deletions that Gem shows; without such a sync, or after other settings, it is a full one.
   */
  type: SyncType;
  onProgress?: OnProgress;
  /** Stops the sync between two pages; its reason, of `outcome.ts`, says which state the sync has then. */
  signal?: AbortSignal;
}

/** What the reading of lists works with. */
export interface Reading {
  database: Database;
  clock: Clock;
  gem: GemClient;
  sync: Pick<Sync, 'id' | 'type'>;
  /** The full sync that is to remember what is met: this one, or one that was killed and is to go on some day. */
  sightingSyncId: string | undefined;
  context: MappingContext;
  /** The checkpoints of this sync when the run began. */
  checkpoints: readonly Checkpoint[];
  watermarks: readonly Watermark[];
  /** Undefined when everything is synced. */
  createdOnly: CreatedOnly | undefined;
  /** Gem's ids of the candidates that this run has read. */
  metCandidates: Set<string>;
  /** What this run has found out about Gem. */
  found: {
    /** Whether a list was read to its end, so that the key and the secret beside it are good. */
    hasRead: boolean;
    /** Why candidates cannot be read by their ids; null while they can. */
    candidatesProblem: string | null;
  };
  tally: Tally;
  onProgress: OnProgress | undefined;
  signal: AbortSignal | undefined;
}

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

/** What the mapping needs to know of an integration. */
export function contextOf({ id, jobBoardVanity, isRemoteDataEnabled, scope }: Integration): MappingContext {
  return { integrationId: id, jobBoardVanity, isRemoteDataEnabled, off: new Set(offParts(scope)) };
}

/** Whether a list is read: not where it feeds only models that are off (kombo-unified-api §4.9). */
export function isRead({ context: { off } }: Pick<Reading, 'context'>, listing: ListingName): boolean {
  return models.some((model) => model.listing === listing && !off?.has(model.name));
}

/** Told after each page: how far the reading of one list has come. */
export interface SyncProgress {
  listing: ListingName;
  /** Records read so far in this run. */
  records: number;
  /** How many the list has by Gem's own word; null where it does not say so. */
  total: number | null;
  /** Whether the list has been read to its end. */
  done: boolean;
}

export type OnProgress = (progress: SyncProgress) => void;
