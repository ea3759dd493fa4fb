import { sql } from 'kysely';
import { models } from '../../models/index.ts';
import type { Model } from '../../models/model.ts';
import type { Database } from '../schema.ts';

/**
 * Counts anew what the tables of the models hold. The embedded PostgreSQL does not do so by itself, and without it the
 * statements over whole tables are planned for empty ones, which takes minutes in place of a moment. No plan depends on
 * what JSON columns hold, and looking through them takes most of the time.
 */
export async function analyze(database: Database): Promise<void> {
  await sql`analyze sync_sightings`.execute(database);
  for (const model of models) {
    await sql`analyze ${sql.table(model.name)} (${sql.raw(comparable(model).join(', '))})`.execute(database);
  }
}

/** The columns that conditions and joins are about. */
function comparable({ columns, derivedColumns }: Model): string[] {
  const own = Object.entries({ ...columns, ...derivedColumns }).filter(([, type]) => type !== 'jsonb');
  return [...frame, ...own.map(([name]) => name)];
}

const frame = ['id', 'integration_id', 'remote_id', 'number', 'changed_at', 'remote_deleted_at'];
