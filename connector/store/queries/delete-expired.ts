import { sql } from 'kysely';
import type { Database } from '../schema.ts';
import { discardDeleted } from './discard-deleted.ts';

/**
 * Removes what was deleted long ago: integrations with all that belongs to them, their credentials too, and links that
 * are of no more use (kombo-unified-api §4.6). Fourteen days are usual.
 *
 * @param before an instant; what was deleted or has expired since then is kept
 * @returns how many integrations were removed
 */
export async function deleteExpired(database: Database, before: string): Promise<number> {
  await sql`delete from connection_links where expires_at < ${before}::timestamptz`.execute(database);
  const { rows } = await sql<{ id: string }>`
    select id from integrations where deleted_at < ${before}::timestamptz order by id
  `.execute(database);
  for (const { id } of rows) await discardDeleted(database, id);
  return rows.length;
}
