import { Kysely, PGliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { lockDirectory } from './lock.ts';
import { migrations } from './migrations/index.ts';
import type { Database, Schema } from './schema.ts';
import { startPGlite } from './start-pglite.ts';
import { createVault, type Vault } from './vault.ts';

/** The connector's database, ready to be used. */
export interface Store {
  database: Database;
  /** Keeps Gem's credentials sealed. */
  vault: Vault;
  close(): Promise<void>;
}

/**
 * Opens the store and brings its tables up to date.
 *
 * @param dataDirectory the folder that keeps the data; without one, everything is in memory and gone at the end
 * @param encryptionKey seals Gem's credentials: 32 bytes in base64; left out, one is kept beside the data
 * @throws StoreInUse when another process has the folder open, UnusableKey when the key will not do
 */
export async function openStore({
  dataDirectory,
  encryptionKey,
}: { dataDirectory?: string | undefined; encryptionKey?: string | undefined } = {}): Promise<Store> {
  const vault = createVault(encryptionKey, dataDirectory);
  const unlock = dataDirectory === undefined ? () => {} : lockDirectory(dataDirectory);
  try {
    const pglite = await startPGlite(dataDirectory);
    const database = new Kysely<Schema>({ dialect: new PGliteDialect({ pglite }) });
    await migrate(database);
    return {
      database,
      vault,
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
