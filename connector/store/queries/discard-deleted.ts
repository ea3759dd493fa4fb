import { sql } from 'kysely';
import type { Database } from '../schema.ts';

/**
 * Removes an integration that was deleted, with its data, before its time: deleting is final, so when the same account is
 * connected anew, nothing of before comes back.
 */
export async function discardDeleted(database: Database, id: string): Promise<void> {
  await sql`delete from integrations where id = ${id} and deleted_at is not null`.execute(database);
}
