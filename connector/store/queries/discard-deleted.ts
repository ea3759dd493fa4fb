import { sql } from 'kysely';
import { takePart } from '../change-rows.ts';
import type { Database } from '../schema.ts';

/**
 * Removes an integration that was deleted, with its data, before its time: deleting is final, so when the same account is
 * connected anew, nothing of before comes back. It waits for what is still being written to it.
 */
export async function discardDeleted(database: Database, id: string): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await takePart(transaction, { integrationId: id, isAlone: true });
    await sql`delete from integrations where id = ${id} and deleted_at is not null`.execute(transaction);
  });
}
