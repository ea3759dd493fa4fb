// Tells the tests of a run where they get databases on a real PostgreSQL from. The server starts when the first test
// asks, so a run without such tests does not pay for it.
import { createServer } from 'node:http';
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { kinds } from '../../../connector/background.ts';
import { openQueue } from '../../../connector/work/queue.ts';
import { openStore } from '../../../connector/store/open-store.ts';
import { startPostgresServer, type PostgresServer } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Asked over HTTP, it answers with the address of a new database that has all tables, at `/empty` none. DELETE ends one. */
    databaseMaker: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let making: Promise<Maker> | undefined;
  const http = createServer((request, response) => {
    making ??= startMaker();
    making
      .then(({ make, drop }) => {
        if (request.method !== 'DELETE') return make(request.url !== '/empty');
        drop(request.url?.slice(1) ?? '');
        return '';
      })
      .then((url) => response.end(url))
      .catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  // Of a server that listens on a port, the address is never a text or missing.
  const { port } = http.address() as AddressInfo;
  project.provide('databaseMaker', `http://127.0.0.1:${port}`);
  return async () => {
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
    await (await making)?.stop();
  };
}

interface Maker {
  make(hasTables: boolean): Promise<string>;
  /** Lets the server remove a database, if nothing uses it any more, when no other one is waited for. */
  drop(name: string): void;
  stop(): Promise<void>;
}

/** Copying a database that has all tables is much faster than making the tables anew. */
async function startMaker(): Promise<Maker> {
  const server = await startPostgresServer({ isInMemory: true });
  const admin = new Client({ connectionString: server.urlOf('postgres') });
  await admin.connect();
  await admin.query('create database template_of_tests');
  await fill(server);
  let count = 0;
  let last: Promise<unknown> = Promise.resolve();
  return {
    make: async (hasTables) => {
      count += 1;
      const name = `test_${count}`;
      const template = hasTables ? 'template_of_tests' : 'template1';
      // Copying files takes a tenth of what it takes to log each page of them, which is the default.
      const copy = `create database ${name} template ${template} strategy file_copy`;
      const made = last.then(() => admin.query(copy));
      last = made.catch(() => {});
      await made;
      return server.urlOf(name);
    },
    drop: (name) => {
      last = last.then(() => admin.query(`drop database ${admin.escapeIdentifier(name)}`)).catch(() => {});
    },
    stop: async () => {
      await last;
      await admin.end();
      await server.stop();
    },
  };
}

async function fill(server: PostgresServer): Promise<void> {
  const databaseUrl = server.urlOf('template_of_tests');
  const store = await openStore({ databaseUrl, encryptionKey: randomBytes(32).toString('base64') });
  const queue = await openQueue(store, { kinds, isWorker: false, log: () => {} });
  await queue.stop();
  // Each copy is to be sealed with a key of its own.
  await sql`delete from key_check`.execute(store.database);
  await store.close();
}
