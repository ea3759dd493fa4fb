import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { DatabaseUnreachable } from '../../../connector/store/outage.ts';
import { StoreInUse } from '../../../connector/store/lock-directory.ts';
import { openStore } from '../../../connector/store/open-store.ts';
import { createEnvironment, findEnvironment } from '../../../connector/store/queries/environments.ts';

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

/** A program that holds the lock of a folder. */
async function startHolder(folder: string) {
  const script = `
    const { lockDirectory } = await import(${JSON.stringify(lockModule)});
    globalThis.release = lockDirectory(${JSON.stringify(folder)});
    console.log('held');
    setInterval(() => {}, 1000);`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void holder.kill('SIGKILL'));
  const ended = new Promise((resolve) => holder.once('exit', resolve));
  await new Promise<void>((resolve) => holder.stdout.once('data', () => resolve()));
  return { holder, ended };
}

const lockModule = join(import.meta.dirname, '../../../connector/store/lock-directory.ts');

test('a folder that was there before, such as a volume, and all that is in it is made private', async () => {
  const dataDirectory = makeStore();
  const all = ['.', ...readdirSync(dataDirectory, { recursive: true, encoding: 'utf8' })];
  for (const name of all) chmodSync(join(dataDirectory, name), 0o777);
  await (await openStore({ dataDirectory })).close();
  // These two are written anew at each start, by the habits of the process; the command lets nobody else in.
  const kept = all.filter((name) => !name.endsWith('pg_internal.init'));
  const open = kept.filter((name) => (statSync(join(dataDirectory, name)).mode & 0o077) !== 0);
  expect(open).toEqual([]);
  expect(statSync(dataDirectory).mode & 0o777).toBe(0o700);
  expect(statSync(join(dataDirectory, 'database/PG_VERSION')).mode & 0o777).toBe(0o600);
});

test('however many queries wait, whatever else there is to do has its turn between', async () => {
  const { database, close } = await openStore();
  let done = 0;
  const queries = Array.from({ length: 200 }, async () => {
    await sql`select 1`.execute(database);
    done += 1;
  });
  const doneBefore = await new Promise<number>((resolve) => setTimeout(() => resolve(done), 0));
  expect(doneBefore).toBeLessThan(100);
  await Promise.all(queries);
  await close();
});

/** A disk of its own, where this process may make one. */
function mountDisk(size: string): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'disk-'));
  onTestFinished(() => {
    spawnSync('umount', ['--lazy', folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]).status === 0
    ? folder
    : undefined;
}

test('a disk that is full is told once, in its own words, and all goes on when there is room again', async ({
  skip,
}) => {
  const disk = mountDisk('72m');
  if (disk === undefined) return skip('no disk can be made here');
  const dataDirectory = join(disk, 'data');
  cpSync(prepared, dataDirectory, { recursive: true });
  const told: string[] = [];
  const store = await openStore({ dataDirectory, log: (message) => told.push(message) });
  await createEnvironment(store.database, environment);
  const filler = join(disk, 'filler');
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(filler, Buffer.alloc(bavail * bsize - 1_000_000));
  for (let tries = 0; tries < 3; tries += 1) {
    const error: unknown = await findEnvironment(store.database, 'key').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(DatabaseUnreachable);
    expect(String(error)).toMatch(
      /No space left on device: 0 MB are free in .*data, and 16 MB are needed to be safe$/,
    );
  }
  expect(told).toEqual([
    expect.stringMatching(
      /^the embedded database has no room to write: No space left on device: 0 MB are free in .*503/,
    ),
  ]);
  await expect(openStore({ dataDirectory: join(disk, 'other') })).rejects.toThrow(/No space left on device/);
  rmSync(filler);
  await store.outages.over(new AbortController().signal);
  expect(await findEnvironment(store.database, 'key')).toMatchObject({ id: 'e' });
  await store.close();
});

test('a folder that a living process has open is refused in one line, and free the moment that it is killed', async () => {
  const dataDirectory = makeStore();
  const { holder, ended } = await startHolder(dataDirectory);
  const error: unknown = await openStore({ dataDirectory }).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(StoreInUse);
  expect(String(error)).toBe(
    `StoreInUse: the store in ${dataDirectory} is in use by another process, which holds the lock of ` +
      `${join(dataDirectory, 'connector.lock')}. Stop that process, or choose another folder; the lock ends with its process`,
  );
  holder.kill('SIGKILL');
  await ended;
  await (await openStore({ dataDirectory })).close();
});

test('the same process cannot open a folder twice, and can again once it is closed', async () => {
  const dataDirectory = makeStore();
  const store = await openStore({ dataDirectory });
  await expect(openStore({ dataDirectory })).rejects.toBeInstanceOf(StoreInUse);
  await store.close();
  await (await openStore({ dataDirectory })).close();
});

test.each([
  ['of this process', () => process.pid],
  ['of another one that lives', () => process.ppid],
  ['that nobody has', () => 4_194_303],
])(
  'a lock file with the process id %s locks nobody out: ids come again after a restart',
  async (_whose, pid) => {
    const dataDirectory = makeStore();
    writeFileSync(join(dataDirectory, 'connector.lock'), `${pid()}\n`);
    const store = await openStore({ dataDirectory });
    await expect(openStore({ dataDirectory })).rejects.toBeInstanceOf(StoreInUse);
    await store.close();
  },
);
