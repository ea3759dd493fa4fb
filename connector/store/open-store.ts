import type { PGlite } from '@electric-sql/pglite';
import { CompiledQuery, Kysely, PGliteDialect, PostgresDialect, type Dialect } from 'kysely';
import { advisoryLocks } from './advisory-locks.ts';
import { lockDirectory } from './lock.ts';
import { processLocks, type Locks } from './locks.ts';
import { migrate } from './migrate.ts';
import type { Database, Schema } from './schema.ts';
import { startPGlite } from './start-pglite.ts';
import { startPostgres } from './start-postgres.ts';
import { createVault, MissingKey, type Vault } from './vault.ts';

/** The connector's database, ready to be used. */
export interface Store {
  database: Database;
  /** Keeps Gem's credentials sealed. */
  vault: Vault;
  /** Keep work apart that must not be done twice at once. */
  locks: Locks;
  /** What runs the database, for the queue that lives in it too. */
  engine: Engine;
  close(): Promise<void>;
}

/** An embedded PostgreSQL, or the address of a server. */
export type Engine = { name: 'pglite'; pglite: PGlite } | { name: 'postgres'; databaseUrl: string };

/** Where the data is kept. */
export interface OpenStore {
  /** A PostgreSQL server, which many processes may share. */
  databaseUrl?: string | undefined;
  /** The folder of the embedded database; without it and without a server, everything is in memory and gone at the end. */
  dataDirectory?: string | undefined;
  /** Seals Gem's credentials: 32 bytes in base64; left out, one is kept beside the data. A server needs it given. */
  encryptionKey?: string | undefined;
}

/**
 * Opens the store and brings its tables up to date.
 *
 * @throws StoreInUse when another process has the folder open, DatabaseUnreachable when the server cannot be used,
 *   UnusableKey or MissingKey when the key will not do
 */
export async function openStore({
  databaseUrl,
  dataDirectory,
  encryptionKey,
}: OpenStore = {}): Promise<Store> {
  // Processes on several machines must all have the same key, and none of them can make it.
  if (databaseUrl !== undefined && encryptionKey === undefined) throw new MissingKey();
  const vault = createVault(encryptionKey, databaseUrl === undefined ? dataDirectory : undefined);
  const { dialect, locks, engine, release } =
    databaseUrl === undefined ? await embed(dataDirectory) : await reach(databaseUrl);
  const database = new Kysely<Schema>({ dialect });
  const close = async () => {
    await locks.close();
    await database.destroy();
    release();
  };
  try {
    await migrate(database);
  } catch (error) {
    await close();
    throw error;
  }
  return { database, vault, locks, engine, close };
}

interface Opened {
  dialect: Dialect;
  locks: Locks;
  engine: Engine;
  release: () => void;
}

async function embed(dataDirectory: string | undefined): Promise<Opened> {
  const release = dataDirectory === undefined ? () => {} : lockDirectory(dataDirectory);
  try {
    const pglite = await startPGlite(dataDirectory);
    const dialect = new PGliteDialect({ pglite });
    return { dialect, locks: processLocks(), engine: { name: 'pglite', pglite }, release };
  } catch (error) {
    release();
    throw error;
  }
}

async function reach(databaseUrl: string): Promise<Opened> {
  const dialect = new PostgresDialect({
    pool: await startPostgres(databaseUrl),
    onCreateConnection: async (connection) => {
      // Times in texts and JSON read alike everywhere.
      await connection.executeQuery(CompiledQuery.raw(`set time zone 'UTC'`));
      // A process that hangs in the middle of a transaction must not keep lists waiting for ever.
      await connection.executeQuery(CompiledQuery.raw(`set idle_in_transaction_session_timeout = '60s'`));
    },
  });
  const engine: Engine = { name: 'postgres', databaseUrl };
  return { dialect, locks: advisoryLocks(databaseUrl), engine, release: () => {} };
}
