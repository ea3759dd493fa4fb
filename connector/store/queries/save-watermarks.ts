import { sql } from 'kysely';
import type { Database } from '../schema.ts';

/**
 * Takes over from a sync's checkpoints how each list stood that it read to the end; belongs into the transaction that
 * ends the sync. Of a list that was left out, what was known before stands; if it was to be read whole, it still is.
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
