import { setImmediate } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, PostgresDialect, type Dialect } from 'kysely';
import type { Log } from '../log.ts';
import { advisoryLocks, processLocks, type Locks } from './locks.ts';
import { guardDialect } from './guard-dialect.ts';
import { lockDirectory } from './lock-directory.ts';
import { migrate } from './migrate.ts';
import { watchOutages, type Outages } from './outage.ts';
import type { Database, Schema } from './schema.ts';
import { checkRoom, startPGlite } from './start-pglite.ts';
import { probePool, startPostgres } from './start-postgres.ts';
import { createVault, hasSealed, isKeyOf, MissingKey, renewOwnKey, WrongKey, type Vault } from './vault.ts';
import { storableTexts } from './storable.ts';

/** The connector's database, ready to be used. */
export interface Store {
  database: Database;
  /** Keeps Gem's credentials sealed. */
  vault: Vault;
  /** Keep work apart that must not be done twice at once. */
  locks: Locks;
  /** Times in which the database cannot be used. */
  outages: Outages;
  /** What runs the database, for the queue that lives in it too. */
  engine: Engine;
  close(): Promise<void>;
}

/** An embedded PostgreSQL, or the address of a server. */
export type Engine = { name: 'pglite'; pglite: Embedded } | { name: 'postgres'; databaseUrl: string };

/** What the queue uses of the embedded database. */
export type Embedded = Pick<PGlite, 'query' | 'exec' | 'listen'>;

/** Where the data is stored. */
export interface OpenStore {
  /** A PostgreSQL server, which many processes may share. */
  databaseUrl?: string | undefined;
  /** The folder of the embedded database; without it and without a server, everything is in memory and gone at the end. */
  dataDirectory?: string | undefined;
  /** Seals Gem's credentials: 32 bytes in base64; left out, one is stored beside the data. A server needs it given. */
  encryptionKey?: string | undefined;
  /** Opens what is stored as well, while one key takes the place of the other. */
  otherEncryptionKey?: string | undefined;
  /** Whether the folder is to have a new key, where its key is its own; the old one stays beside it. */
  renewsKey?: boolean;
  /** Told when the database goes away, and when it is back. */
  log?: Log;
}

/**
 * Opens the store and brings its tables up to date.
 *
 * @throws StoreInUse when another process has the folder open, DatabaseUnreachable when the server cannot be used,
 *   UnusableKey, MissingKey, LostKey or WrongKey when the key will not do
 */
export async function openStore({
  databaseUrl,
  dataDirectory,
  encryptionKey,
  otherEncryptionKey,
  renewsKey = false,
  log = () => {},
}: OpenStore = {}): Promise<Store> {
  // Processes on several machines must all have the same key, and none of them can make it.
  if (databaseUrl !== undefined && encryptionKey === undefined) throw new MissingKey();
  const opened = databaseUrl === undefined ? await embed(dataDirectory, log) : await reach(databaseUrl, log);
  const { dialect, locks, outages, engine, admit, rest, release } = opened;
  const { notice } = outages;
  const database = new Kysely<Schema>({
    dialect: guardDialect(dialect, { admit, notice, rest }),
    plugins: [storableTexts],
  });
  const close = async () => {
    outages.close();
    await locks.close();
    await database.destroy();
    release();
  };
  try {
    await migrate(database);
    const folder = databaseUrl === undefined ? dataDirectory : undefined;
    const isNeeded = await hasSealed(database);
    if (renewsKey && folder !== undefined && encryptionKey === undefined) renewOwnKey(folder);
    const vault = createVault({
      key: encryptionKey,
      otherKey: otherEncryptionKey,
      dataDirectory: folder,
      isNeeded,
    });
    if (!(await isKeyOf(database, vault))) {
      throw new WrongKey({ isGiven: encryptionKey !== undefined, dataDirectory: folder });
    }
    return { database, vault, locks, outages, engine, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Opened {
  dialect: Dialect;
  locks: Locks;
  outages: Outages;
  engine: Engine;
  /** Throws when the database must not be used now. */
  admit: () => void;
  /** What is waited for between two uses of a connection. */
  rest: () => Promise<void>;
  release: () => void;
}

async function embed(dataDirectory: string | undefined, log: Log): Promise<Opened> {
  const release = dataDirectory === undefined ? () => {} : lockDirectory(dataDirectory);
  try {
    const room = () => (dataDirectory === undefined ? undefined : checkRoom(dataDirectory));
    room();
    const pglite = await startPGlite(dataDirectory);
    const outages = watchOutages(
      async () => {
        room();
        await pglite.query('select 1');
      },
      log,
      embedded,
    );
    const admit = () => {
      try {
        room();
      } catch (error) {
        throw outages.notice(error);
      }
    };
    return {
      dialect: new PGliteDialect({ pglite }),
      locks: processLocks(),
      outages,
      engine: { name: 'pglite', pglite: admitting(pglite, admit) },
      admit,
      // Queries are worked off in this very thread: however many wait, other work has its turn between them.
      rest: () => setImmediate(),
      release,
    };
  } catch (error) {
    release();
    throw error;
  }
}

const embedded = 'the embedded database';

function admitting(pglite: PGlite, admit: () => void): Embedded {
  return {
    query: async <Row>(...given: Parameters<PGlite['query']>) => {
      admit();
      return pglite.query<Row>(...given);
    },
    exec: async (...given) => {
      admit();
      return pglite.exec(...given);
    },
    listen: (...given) => pglite.listen(...given),
  };
}

async function reach(databaseUrl: string, log: Log): Promise<Opened> {
  const pool = await startPostgres(databaseUrl);
  const outages = watchOutages(() => probePool(pool), log, 'the database of DATABASE_URL');
  return {
    dialect: new PostgresDialect({ pool }),
    locks: advisoryLocks(databaseUrl, outages),
    outages,
    engine: { name: 'postgres', databaseUrl },
    admit: () => {},
    rest: () => Promise.resolve(),
    release: () => {},
  };
}
