import { sql } from 'kysely';
import { toJson } from '../json.ts';
import type { Database } from '../schema.ts';
import type { Checkpoint } from './read-checkpoints.ts';

/** Notes where the reading of a list stands; belongs into the transaction that writes the page's rows. */
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
