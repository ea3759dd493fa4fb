import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { OpenStore } from '../../../connector/store/open-store.ts';
import { startPostgresServer } from '../../support/postgres/server.ts';

/** A database that the connector is measured on. */
export interface BenchDatabase {
  name: 'PostgreSQL' | 'PGlite';
  /** Makes a place for a new store. */
  make: () => Promise<Place>;
  stop: () => Promise<void>;
}

/** A place for one store, and the end of it. */
export interface Place {
  open: OpenStore;
  remove: () => Promise<void>;
}

/** PostgreSQL with its promises about power cuts switched off, so that the disk is not what is measured. */
export async function postgres(): Promise<BenchDatabase> {
  const server = await startPostgresServer();
  const admin = new Client({ connectionString: server.urlOf('postgres') });
  await admin.connect();
  let count = 0;
  return {
    name: 'PostgreSQL',
    make: async () => {
      count += 1;
      const database = `bench_${count}`;
      await admin.query(`create database ${database}`);
      const encryptionKey = randomBytes(32).toString('base64');
      return {
        open: { databaseUrl: server.urlOf(database), encryptionKey },
        remove: async () => {
          await admin.query(`drop database ${database} with (force)`);
        },
      };
    },
    stop: async () => {
      await admin.end();
      await server.stop();
    },
  };
}

/** The embedded PostgreSQL, in a folder. */
export const pglite: BenchDatabase = {
  name: 'PGlite',
  make: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mock-gem-bench-'));
    return {
      open: { dataDirectory: join(folder, 'data') },
      remove: async () => rmSync(folder, { recursive: true, force: true }),
    };
  },
  stop: async () => {},
};
