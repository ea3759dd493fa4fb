import { sql } from 'kysely';
import type { ListEvidence } from '../../gem/list-evidence.ts';
import type { ModelName } from '../../models/model.ts';
import type { ListingName, Lookup } from '../../models/listings.ts';
import { toJson } from '../storable.ts';
import type { Database } from '../schema.ts';

/** How far the reading of one list has come. */
export interface ListingProgress {
  records: number;
  isFinished: boolean;
  /** How many the list has by Gem's own word; null where it does not say so. What follows is missing in what was noted long ago. */
  total?: number | null;
  /** The records of earlier runs of the sync, and when the run began that came here: instants, as the time of the latest page. */
  recordsBefore?: number;
  runBeganAt?: string;
  at?: string;
}

/** How far a sync has come, list by list; a list that was not begun is missing. */
export type Progress = Partial<Record<ListingName, ListingProgress>>;

/**
 * Notes how far a sync has come.
 *
 * @returns whether it may go on: its integration is neither switched off nor deleted
 */
export async function saveProgress(
  database: Database,
  { syncId, progress }: { syncId: string; progress: Progress },
): Promise<{ mayGoOn: boolean }> {
  const { rows } = await sql<{ may_go_on: boolean }>`
    update syncs set progress = progress || ${toJson(progress)}::jsonb
    from integrations as integration
    where syncs.id = ${syncId} and integration.id = syncs.integration_id
    returning integration.is_enabled and integration.deleted_at is null as may_go_on
  `.execute(database);
  return { mayGoOn: rows[0]?.may_go_on ?? false };
}

/** What {@link saveProgress} noted so far. */
export async function readProgress(database: Database, syncId: string): Promise<Progress> {
  const { rows } = await sql<{ progress: Progress }>`
    select progress from syncs where id = ${syncId}
  `.execute(database);
  return rows[0]?.progress ?? {};
}

/** A list that syncs read. */
export type ReadList = ListingName | Lookup['operation'];

/** How far one list has been read. Pages count from 1; times are instants. */
export interface Checkpoint {
  listing: ReadList;
  nextPage: number;
  isFinished: boolean;
  /** What the list is asked for; null for all of it. */
  changesSince: string | null;
  /** Gem's clock when the reading began; null when Gem did not tell. */
  answeredAt: string | null;
  /** What the pages have shown; null before the first one. */
  shown: ListEvidence | null;
  /** The digest of a lookup. */
  digest: string | null;
  /** Why the list was left out; null when it was not. */
  problem: string | null;
}

/** The checkpoint of a list that was not begun. */
export const unread = {
  nextPage: 1,
  isFinished: false,
  changesSince: null,
  answeredAt: null,
  shown: null,
  digest: null,
  problem: null,
} as const satisfies Omit<Checkpoint, 'listing'>;

/** The checkpoints of a sync; a list that was not begun has none. */
export async function readCheckpoints(database: Database, syncId: string): Promise<Checkpoint[]> {
  const { rows } = await sql<Checkpoint>`
    select listing, next_page as "nextPage", is_finished as "isFinished",
      instant(changes_since) as "changesSince", instant(answered_at) as "answeredAt", shown, digest, problem
    from sync_checkpoints where sync_id = ${syncId} order by listing
  `.execute(database);
  return rows;
}

/** Saves how far a list has been read; belongs into the transaction that writes the page's rows. */
export async function saveCheckpoint(
  database: Database,
  {
    syncId,
    listing,
    nextPage,
    isFinished,
    changesSince,
    answeredAt,
    shown,
    digest,
    problem,
  }: Checkpoint & { syncId: string },
): Promise<void> {
  await sql`
    insert into sync_checkpoints
      (sync_id, listing, next_page, is_finished, changes_since, answered_at, shown, digest, problem)
    values
      (${syncId}, ${listing}, ${nextPage}::integer, ${isFinished}::boolean, ${changesSince}::timestamptz,
       ${answeredAt}::timestamptz, ${shown === null ? null : toJson(shown)}::jsonb, ${digest}, ${problem})
    on conflict (sync_id, listing) do update set
      next_page = excluded.next_page, is_finished = excluded.is_finished, changes_since = excluded.changes_since,
      answered_at = excluded.answered_at, shown = excluded.shown, digest = excluded.digest,
      problem = excluded.problem
  `.execute(database);
}

/** Up to when a list was read by the last good sync. */
export interface Watermark {
  listing: ReadList;
  /** Gem's clock when that reading began: what changed since then is still to be read. Null for a lookup. */
  answeredAt: string | null;
  /** The digest of a lookup. */
  digest: string | null;
}

/** The watermarks of an integration. Those of the other mode are none: that sync left out, or took in, too much. */
export async function readWatermarks(
  database: Database,
  { id, isCreatedOnly }: { id: string; isCreatedOnly: boolean },
): Promise<Watermark[]> {
  const { rows } = await sql<Watermark>`
    select listing, instant(answered_at) as "answeredAt", digest
    from sync_watermarks where integration_id = ${id} and is_created_only = ${isCreatedOnly}::boolean
  `.execute(database);
  return rows;
}

/**
 * Makes watermarks of a sync's checkpoints, for each list that it read to the end; belongs into the transaction that
 * ends the sync. A list that was left out keeps its watermark; if it was to be read whole, it still is.
 */
export async function saveWatermarks(
  database: Database,
  { syncId, integrationId, isCreatedOnly }: { syncId: string; integrationId: string; isCreatedOnly: boolean },
): Promise<void> {
  await sql`
    insert into sync_watermarks (integration_id, listing, answered_at, digest, is_created_only)
    select ${integrationId}, listing, answered_at, digest, ${isCreatedOnly}::boolean
    from sync_checkpoints where sync_id = ${syncId} and is_finished and problem is null
    on conflict (integration_id, listing) do update set
      answered_at = excluded.answered_at, digest = excluded.digest, is_created_only = excluded.is_created_only
  `.execute(database);
  // Lookups, which have digests, are always read whole.
  await sql`
    delete from sync_watermarks as watermark using sync_checkpoints as checkpoint
    where watermark.integration_id = ${integrationId} and watermark.digest is null
      and checkpoint.sync_id = ${syncId} and checkpoint.listing = watermark.listing
      and checkpoint.problem is not null and checkpoint.changes_since is null
  `.execute(database);
}

// Which models a sync has changed so far. It may be resumed by another process, which could not know otherwise.

/** Notes models of which rows have changed; belongs into the transaction that changes them. */
export async function noteChangedModels(
  database: Database,
  { syncId, models }: { syncId: string; models: readonly ModelName[] },
): Promise<void> {
  if (models.length === 0) return;
  await sql`
    insert into sync_changes (sync_id, model)
    select ${syncId}, model from json_array_elements_text(${toJson(models)}::json) as given (model)
    on conflict do nothing
  `.execute(database);
}

/** The models that were noted. */
export async function readChangedModels(database: Database, syncId: string): Promise<ModelName[]> {
  const { rows } = await sql<{ model: ModelName }>`
    select model from sync_changes where sync_id = ${syncId} order by model
  `.execute(database);
  return rows.map(({ model }) => model);
}

// Losses of lists that a full sync could not prove. The next one that finds the same believes it.

/** Whether another sync than this one has doubted a loss of the list. */
export async function wasDoubtedBefore(
  database: Database,
  { integrationId, listing, syncId }: { integrationId: string; listing: ListingName; syncId: string },
): Promise<boolean> {
  const { rows } = await sql`
    select from doubted_losses
    where integration_id = ${integrationId} and listing = ${listing} and sync_id <> ${syncId}
  `.execute(database);
  return rows.length > 0;
}

/** Notes that a sync doubts a loss of the list; an earlier doubt stays. */
export async function noteDoubt(
  database: Database,
  {
    integrationId,
    listing,
    syncId,
    at,
  }: { integrationId: string; listing: ListingName; syncId: string; at: string },
): Promise<void> {
  await sql`
    insert into doubted_losses (integration_id, listing, sync_id, doubted_at)
    values (${integrationId}, ${listing}, ${syncId}, ${at}::timestamptz)
    on conflict do nothing
  `.execute(database);
}

/** Forgets the doubts that are settled. */
export async function forgetDoubts(
  database: Database,
  { integrationId, listings }: { integrationId: string; listings: readonly ListingName[] },
): Promise<void> {
  if (listings.length === 0) return;
  await sql`
    delete from doubted_losses where integration_id = ${integrationId} and listing in (${sql.join(listings)})
  `.execute(database);
}
