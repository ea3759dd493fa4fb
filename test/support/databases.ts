import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { openStore, type OpenStore, type Store } from '../../connector/store/open-store.ts';
import { atEndOfFile } from './end-of-file.ts';

/** A database that the connector can keep its data in. */
export interface TestDatabase {
  name: 'PGlite' | 'PostgreSQL';
  /** What a new store is opened with. */
  place: () => Promise<OpenStore>;
  /** Opens a new store. */
  open: () => Promise<Store>;
}

const all: readonly TestDatabase[] = [
  { name: 'PGlite', place: async () => ({}), open: () => openStore() },
  {
    name: 'PostgreSQL',
    place: () => placeOnPostgres(),
    open: async () => openStore(await placeOnPostgres()),
  },
];

/** The database that the project of the test is run on, for `describe.each`: by default a server's, which is the faster one. */
export const databases = all.filter(({ name }) => name === (process.env['TEST_DATABASE'] ?? 'PostgreSQL'));

/** Opens a new store on it. */
export function openTestStore(): Promise<Store> {
  const [database] = databases;
  if (!database) throw new Error('TEST_DATABASE is PGlite or PostgreSQL');
  return database.open();
}

/** A place on a PostgreSQL server: an address and a key. */
export interface PostgresPlace {
  databaseUrl: string;
  encryptionKey: string;
}

/**
 * Makes a new database on the server, which goes with the file.
 *
 * @param path `/empty` for one without tables
 */
export async function placeOnPostgres(path: '/' | '/empty' = '/'): Promise<PostgresPlace> {
  const maker = inject('databaseMaker');
  const response = await fetch(maker + path);
  const databaseUrl = await response.text();
  if (!response.ok) throw new Error(`there is no PostgreSQL: ${databaseUrl}`);
  const { pathname } = new URL(databaseUrl);
  // Nobody waits for it: what goes is in memory, and would soon fill it.
  atEndOfFile(async () => void (await fetch(maker + pathname, { method: 'DELETE' })));
  return { databaseUrl, encryptionKey: randomBytes(32).toString('base64') };
}
