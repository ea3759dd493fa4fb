import { sql } from 'kysely';
import type { Database } from '../schema.ts';
import { syncColumns, type Sync } from './find-sync.ts';
import { nextSyncId } from './next-sync-id.ts';

/**
 * Begins a sync: goes on with the one of the same type that is running, because a run that was killed goes on where its
 * checkpoints stand; otherwise starts the one that waits; otherwise a new one.
 */
export async function beginSync(
  database: Database,
  { integrationId, type, startedAt }: Pick<Sync, 'integrationId' | 'type' | 'startedAt'>,
): Promise<{ sync: Sync; isResumed: boolean }> {
  return database.transaction().execute(async (transaction) => {
    // Locked, so that the end which a killed process may still have on its way is waited for and seen.
    const { rows } = await sql<Sync>`
      select ${syncColumns} from syncs
      where integration_id = ${integrationId} and type = ${type} and state in ('QUEUED', 'RUNNING')
      for update
    `.execute(transaction);
    const unfinished = rows[0];
    if (unfinished?.state === 'RUNNING') return { sync: unfinished, isResumed: true };

    const id = unfinished?.id ?? (await nextSyncId(transaction, { integrationId, type, at: startedAt }));
    await sql`
      insert into syncs (id, integration_id, type, state, started_at)
      values (${id}, ${integrationId}, ${type}, 'RUNNING', ${startedAt}::timestamptz)
      on conflict (id) do update set
        state = excluded.state, started_at = excluded.started_at, reading = excluded.reading
    `.execute(transaction);
    const sync: Sync = { id, integrationId, type, state: 'RUNNING', startedAt, endedAt: null, problem: null };
    return { sync, isResumed: false };
  });
}
