import { sql } from 'kysely';
import type { Database } from '../schema.ts';

/**
 * Takes over from a sync's checkpoints how each list stood that it read to the end; belongs into the transaction that
 * ends the sync. Of a list that was left out, what was known before stands.
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
}
