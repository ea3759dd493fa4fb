import { Client } from 'pg';
import { describe, expect, test } from 'vitest';
import { openStore } from '../../../connector/store/open-store.ts';
import { databases, placeOnPostgres } from '../../support/databases.ts';

describe.each(databases)('a lock, on $name', ({ open }) => {
  test('is held by one at a time, and can be seen to be', async () => {
    const { locks, close } = await open();
    const lock = await locks.take('a');
    expect(await locks.take('a')).toBeUndefined();
    expect(await locks.free(['a', 'b', 'ä'])).toEqual(['b', 'ä']);
    await lock?.release();
    expect(await locks.free(['a', 'b'])).toEqual(['a', 'b']);
    const again = await locks.take('a');
    expect(again?.lost.aborted).toBe(false);
    // What was given back already is not the new holder's.
    await lock?.release();
    expect(await locks.take('a')).toBeUndefined();
    await close();
  });
});

test('processes that share a PostgreSQL server share its locks, and what one loses another can take', async () => {
  const place = await placeOnPostgres();
  const [one, other] = await Promise.all([openStore(place), openStore(place)]);
  const lock = await one.locks.take('a');
  expect(await other.locks.take('a')).toBeUndefined();
  expect(await other.locks.free(['a', 'b'])).toEqual(['b']);

  const lost = new Promise((resolve) => lock?.lost.addEventListener('abort', resolve));
  const admin = new Client({ connectionString: place.databaseUrl });
  await admin.connect();
  await admin.query(`select pg_terminate_backend(pid) from pg_locks
    where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`);
  await admin.end();
  await lost;
  const taken = await other.locks.take('a');
  expect(taken).toBeDefined();
  // A release that comes too late takes nothing away from the new holder.
  await lock?.release();
  expect(await one.locks.take('a')).toBeUndefined();
  await Promise.all([one.close(), other.close()]);
});
