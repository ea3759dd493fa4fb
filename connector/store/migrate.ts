import { Migrator } from 'kysely/migration';
import { migrations } from './migrations/index.ts';
import type { Database } from './schema.ts';

/**
 * Brings the tables up to date. Processes that start at once wait for each other: the migrator takes a lock on the
 * database.
 *
 * @throws Error when a migration fails; nothing has changed then
 */
export async function migrate(database: Database): Promise<void> {
  const provider = { getMigrations: () => Promise.resolve({ ...migrations }) };
  const { error } = await new Migrator({ db: database, provider }).migrateToLatest();
  if (error) throw new Error('the tables of the store could not be brought up to date', { cause: error });
}
