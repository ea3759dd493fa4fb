import { sql } from 'kysely';
import type { Database } from '../schema.ts';

/**
 * Removes syncs that ended long ago, but the latest of each type, which the schedule looks at; and what ended syncs kept
 * to be able to resume.
 *
 * @param before an instant; syncs that have ended since then are kept
 * @returns how many syncs were removed
 */
export async function pruneSyncs(database: Database, before: string): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from syncs
    where ended_at < ${before}::timestamptz
      and exists (
        select from syncs as later
        where later.integration_id = syncs.integration_id and later.type = syncs.type
          and (later.started_at, later.id) > (syncs.started_at, syncs.id)
      )
  `.execute(database);
  for (const table of ['sync_sightings', 'sync_checkpoints', 'sync_changes']) {
    await sql`
      delete from ${sql.table(table)} as kept using syncs
      where syncs.id = kept.sync_id and syncs.ended_at is not null
    `.execute(database);
  }
  return Number(numAffectedRows ?? 0);
}
