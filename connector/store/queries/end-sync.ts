import { sql } from 'kysely';
import type { Database } from '../schema.ts';
import type { Sync } from './find-sync.ts';

/** Ends a sync and throws away what it kept to be able to resume. */
export async function endSync(
  database: Database,
  { id, state, endedAt, problem }: Pick<Sync, 'id' | 'state' | 'endedAt' | 'problem'>,
): Promise<void> {
  await sql`
    update syncs set
      state = ${state}, ended_at = ${endedAt}::timestamptz, problem = ${problem},
      rejected_count = (
        select count(*) from rejected_records where rejected_records.integration_id = syncs.integration_id
      )
    where id = ${id}
  `.execute(database);
  await sql`delete from sync_sightings where sync_id = ${id}`.execute(database);
  await sql`delete from sync_checkpoints where sync_id = ${id}`.execute(database);
  await sql`delete from sync_changes where sync_id = ${id}`.execute(database);
}
