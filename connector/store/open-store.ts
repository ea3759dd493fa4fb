import { Kysely, PGliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { lockDirectory } from './lock.ts';
import { migrations } from './migrations/index.ts';
import type { Database, Schema } from './schema.ts';
import { startPGlite } from './start-pglite.ts';

/** The connector's database, ready to be used. */
export interface Store {
  database: Database;
  close(): Promise<void>;
}

/**
 * Opens the store and brings its tables up to date.
 *
 * @param dataDirectory the folder that keeps the data; without one, everything is in memory and gone at the end
 * @throws StoreInUse when another process has the folder open
 */
export async function openStore({
  dataDirectory,
}: { dataDirectory?: string | undefined } = {}): Promise<Store> {
  const unlock = dataDirectory === undefined ? () => {} : lockDirectory(dataDirectory);
  try {
    const pglite = await startPGlite(dataDirectory);
    const database = new Kysely<Schema>({ dialect: new PGliteDialect({ pglite }) });
    await migrate(database);
    return {
      database,
      close: async () => {
        await database.destroy();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

async function migrate(database: Database): Promise<void> {
  const provider = { getMigrations: () => Promise.resolve({ ...migrations }) };
  const { error } = await new Migrator({ db: database, provider }).migrateToLatest();
  if (error) throw new Error('the tables of the store could not be brought up to date', { cause: error });
}
