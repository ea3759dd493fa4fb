import { sql } from 'kysely';
import { models } from '../../models/index.ts';
import type { Database } from '../schema.ts';

/**
 * Counts anew what the tables of the models hold. The embedded PostgreSQL does not do so by itself, and without it the
 * statements over whole tables are planned for empty ones, which takes minutes in place of a moment.
 */
export async function analyze(database: Database): Promise<void> {
  for (const table of ['sync_sightings', ...models.map(({ name }) => name)]) {
    await sql`analyze ${sql.table(table)}`.execute(database);
  }
}
