import { sql } from 'kysely';
import { models } from '../../models/index.ts';
import type { Database } from '../schema.ts';

/** How many rows of each model an integration has, without those that are gone. */
export async function countRows(database: Database, integrationId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name } of models) {
    const { rows } = await sql<{ count: number }>`
      select count(*)::integer as count from ${sql.table(name)}
      where integration_id = ${integrationId} and remote_deleted_at is null
    `.execute(database);
    counts[name] = rows[0]?.count ?? 0;
  }
  return counts;
}
