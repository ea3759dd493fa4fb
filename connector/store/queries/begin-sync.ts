import { sql } from 'kysely';
import { komboId } from '../../models/identifiers.ts';
import type { Database } from '../schema.ts';
import { findRunningSync, type Sync } from './find-sync.ts';

/**
 * Begins a sync, or hands back the one of the same type that is running: a run that was killed goes on where its
 * checkpoints stand.
 */
export async function beginSync(
  database: Database,
  { integrationId, type, startedAt }: Pick<Sync, 'integrationId' | 'type' | 'startedAt'>,
): Promise<{ sync: Sync; isResumed: boolean }> {
  return database.transaction().execute(async (transaction) => {
    const running = await findRunningSync(transaction, integrationId, type);
    if (running) return { sync: running, isResumed: true };
    const { rows } = await sql<{ count: number }>`
      select count(*)::integer as count from syncs where integration_id = ${integrationId}
    `.execute(transaction);
    const id = komboId(integrationId, `syncs/${startedAt}/${rows[0]?.count ?? 0}`);
    await sql`
      insert into syncs (id, integration_id, type, state, started_at)
      values (${id}, ${integrationId}, ${type}, 'RUNNING', ${startedAt}::timestamptz)
    `.execute(transaction);
    const sync: Sync = { id, integrationId, type, state: 'RUNNING', startedAt, endedAt: null, problem: null };
    return { sync, isResumed: false };
  });
}
