import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { openStore, type OpenStore, type Store } from '../../connector/store/index.ts';

/** A database that the connector can keep its data in. */
export interface TestDatabase {
  name: 'PGlite' | 'PostgreSQL';
  /** What a new store is opened with. */
  place: () => Promise<OpenStore>;
  /** Opens a new store. */
  open: () => Promise<Store>;
}

/** Every database that the connector runs on, for `describe.each`. */
export const databases: readonly TestDatabase[] = [
  { name: 'PGlite', place: async () => ({}), open: () => openStore() },
  {
    name: 'PostgreSQL',
    place: () => placeOnPostgres(),
    open: async () => openStore(await placeOnPostgres()),
  },
];

/** Opens a new store on the database that the project of the test is run on. */
export function openTestStore(): Promise<Store> {
  const name = process.env['TEST_DATABASE'] ?? 'PGlite';
  const database = databases.find((candidate) => candidate.name === name);
  if (!database) throw new Error(`there is no database ${name}`);
  return database.open();
}

/** A place on a PostgreSQL server: an address and a key. */
export interface PostgresPlace {
  databaseUrl: string;
  encryptionKey: string;
}

/**
 * Makes a new database on the server.
 *
 * @param path `/empty` for one without tables
 */
export async function placeOnPostgres(path: '/' | '/empty' = '/'): Promise<PostgresPlace> {
  const response = await fetch(inject('databaseMaker') + path);
  const databaseUrl = await response.text();
  if (!response.ok) throw new Error(`there is no PostgreSQL: ${databaseUrl}`);
  return { databaseUrl, encryptionKey: randomBytes(32).toString('base64') };
}
