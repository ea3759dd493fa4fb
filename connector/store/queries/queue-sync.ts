import { sql } from 'kysely';
import type { Database } from '../schema.ts';
import { syncColumns, type Sync } from './find-sync.ts';
import { nextSyncId } from './next-sync-id.ts';

/**
 * Lets a sync wait, unless one of the same type waits or runs already: there is at most one of each type, however many
 * ask at once.
 *
 * @returns the sync that waits or runs, and whether it is new
 */
export async function queueSync(
  database: Database,
  { integrationId, type, at }: Pick<Sync, 'integrationId' | 'type'> & { at: string },
): Promise<{ sync: Sync; isNew: boolean }> {
  const id = await nextSyncId(database, { integrationId, type, at });
  const added = await sql<Sync>`
    insert into syncs (id, integration_id, type, state, started_at)
    values (${id}, ${integrationId}, ${type}, 'QUEUED', ${at}::timestamptz)
    on conflict do nothing
    returning ${syncColumns}
  `.execute(database);
  const [queued] = added.rows;
  if (queued) return { sync: queued, isNew: true };

  const found = await sql<Sync>`
    select ${syncColumns} from syncs
    where integration_id = ${integrationId} and type = ${type} and state in ('QUEUED', 'RUNNING')
  `.execute(database);
  const [unfinished] = found.rows;
  if (unfinished) return { sync: unfinished, isNew: false };
  // The one that was in the way has ended in between.
  return queueSync(database, { integrationId, type, at });
}
