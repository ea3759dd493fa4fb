import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createEnvironment, findEnvironment, openStore, StoreInUse } from '../../../connector/store/index.ts';

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

// Laying down the files of a database takes longest: once is enough.
const prepared = mkdtempSync(join(tmpdir(), 'store-'));
beforeAll(async () => (await openStore({ dataDirectory: prepared })).close());
afterAll(() => rmSync(prepared, { recursive: true, force: true }));

/** A folder with an empty store that nobody has open. */
function makeStore(): string {
  const folder = makeFolder();
  cpSync(prepared, folder, { recursive: true });
  return folder;
}

const environment = { id: 'e', name: 'E', apiKey: 'key', createdAt: '2026-01-01T00:00:00.000Z' };

test('a folder keeps what was stored', async () => {
  const dataDirectory = join(makeFolder(), 'new');
  const first = await openStore({ dataDirectory });
  await createEnvironment(first.database, environment);
  await first.close();
  const second = await openStore({ dataDirectory });
  expect(await findEnvironment(second.database, 'key')).toEqual({ id: 'e', name: 'E' });
  expect(await findEnvironment(second.database, 'another')).toBeUndefined();
  await second.close();
  expect(statSync(dataDirectory).mode & 0o077).toBe(0);
});

test('a folder that a living process has open is refused in one line', async () => {
  const dataDirectory = makeFolder();
  const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']);
  onTestFinished(() => void other.kill());
  writeFileSync(join(dataDirectory, 'connector.lock'), `${other.pid}\n`);
  const error: unknown = await openStore({ dataDirectory }).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(StoreInUse);
  expect(String(error)).toBe(`StoreInUse: the store in ${dataDirectory} is in use by process ${other.pid}`);
});

test('the same process cannot open a folder twice, and can again once it is closed', async () => {
  const dataDirectory = makeStore();
  const store = await openStore({ dataDirectory });
  await expect(openStore({ dataDirectory })).rejects.toBeInstanceOf(StoreInUse);
  await store.close();
  await (await openStore({ dataDirectory })).close();
});

test('the lock of a process that has died is taken over', async () => {
  const dataDirectory = makeStore();
  const other = spawn(process.execPath, ['-e', '']);
  await new Promise((resolve) => other.on('exit', resolve));
  writeFileSync(join(dataDirectory, 'connector.lock'), `${other.pid}\n`);
  const store = await openStore({ dataDirectory });
  expect(readFileSync(join(dataDirectory, 'connector.lock'), 'utf8')).toBe(`${process.pid}\n`);
  await store.close();
});

test('a lock with our own process id that we do not hold is one of a process before a restart', async () => {
  const dataDirectory = makeStore();
  writeFileSync(join(dataDirectory, 'connector.lock'), `${process.pid}\n`);
  const store = await openStore({ dataDirectory });
  await store.close();
  expect(existsSync(join(dataDirectory, 'connector.lock'))).toBe(false);
});
