import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixedClock, systemClock } from '../../../contracts/clock.ts';
import { awaitChanges } from '../../../connector/api/lists/await-changes.ts';
import { openStore, type Store } from '../../../connector/store/open-store.ts';
import { changeRows } from '../../../connector/store/change-rows.ts';
import { startApi } from '../api/support/api.ts';
import { placeOnPostgres } from '../../support/databases.ts';

let store: Store;
let integrations = 0;

beforeAll(async () => {
  store = await openStore(await placeOnPostgres());
  await sql`insert into environments (id, name, created_at) values ('e', 'E', now())`.execute(store.database);
});
afterAll(() => store.close());

async function makeIntegration(): Promise<string> {
  integrations += 1;
  const id = `gem:${integrations}`;
  await sql`
    insert into integrations (id, environment_id, gem_url, gem_api_key, end_user_organization_name,
      is_remote_data_enabled, created_at)
    values (${id}, 'e', 'http://gem', '', 'Acme', false, now())
  `.execute(store.database);
  return id;
}

/** A change that goes on until it is told to end. */
async function beginChange(integrationId: string): Promise<{ end: () => Promise<void> }> {
  const began = Promise.withResolvers<void>();
  const told = Promise.withResolvers<void>();
  const ended = changeRows(store.database, { integrationId, clock: systemClock }, async () => {
    began.resolve();
    await told.promise;
  });
  await began.promise;
  return {
    end: async () => {
      told.resolve();
      await ended;
    },
  };
}

test('a list waits for the changes that it meets, and not for those that begin later', async () => {
  const integrationId = await makeIntegration();
  const met = await beginChange(integrationId);
  let isOver = false;
  let answers = 0;
  const watched = store.database.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: ({ result }) => {
      answers += 1;
      return Promise.resolve(result);
    },
  });
  const waiting = awaitChanges(watched, integrationId).finally(() => {
    isOver = true;
  });
  // It notes that the list was asked for, and then looks who is changing rows.
  await expect.poll(() => answers).toBeGreaterThan(1);
  await awaitChanges(store.database, await makeIntegration());
  const later = await beginChange(integrationId);
  expect(isOver).toBe(false);
  await met.end();
  await waiting;
  await later.end();
});

test('changes wait for no list, and lists for none of another integration', async () => {
  const [one, other] = [await makeIntegration(), await makeIntegration()];
  const met = await beginChange(one);
  const waiting = awaitChanges(store.database, one);
  await (await beginChange(one)).end();
  await awaitChanges(store.database, other);
  expect(await waitingLocks()).toBe(0);
  await met.end();
  await waiting;
});

test('a caller who has waited for long is told to repeat the call', async () => {
  const integrationId = await makeIntegration();
  const hung = await beginChange(integrationId);
  await expect(awaitChanges(store.database, integrationId, 20)).rejects.toMatchObject({
    code: 'REMOTE.SERVICE_UNAVAILABLE',
    status: 503,
    message: 'Changes of this integration are being stored, which a list must not miss. Repeat the call.',
  });
  expect(await momentOfCall(integrationId)).toBeDefined();
  await hung.end();
});

test('the first page of a list waits, and those behind it do not', async () => {
  const { integrationId, database, rows, get } = await startApi();
  await rows.insert('ats_users', 'a');
  await rows.insert('ats_users', 'b');
  const path = '/v1/ats/users?page_size=1';
  const { next } = (await get(path)).data;
  const told = Promise.withResolvers<void>();
  const began = Promise.withResolvers<void>();
  const change = changeRows(database, { integrationId, clock: systemClock }, async () => {
    began.resolve();
    await told.promise;
  });
  await began.promise;
  let isAnswered = false;
  const first = get(path).finally(() => {
    isAnswered = true;
  });
  expect((await get(`${path}&cursor=${next}`)).data.results).toHaveLength(1);
  expect(isAnswered).toBe(false);
  told.resolve();
  await change;
  expect((await first).status).toBe(200);
});

test('what goes through all rows waits for every other change, and they wait for it', async () => {
  const integrationId = await makeIntegration();
  const first = await beginChange(integrationId);
  const order: string[] = [];
  const options = { integrationId, clock: systemClock };
  const alone = changeRows(
    store.database,
    { ...options, isAlone: true },
    async () => void order.push('alone'),
  );
  await expect.poll(waitingLocks).toBe(1);
  const last = changeRows(store.database, options, async () => void order.push('last'));
  await expect.poll(waitingLocks).toBe(2);
  order.push('first');
  await first.end();
  await Promise.all([alone, last]);
  expect(order).toEqual(['first', 'alone', 'last']);
});

test.each([
  ['no list was asked for', undefined, 'given'],
  ['a list was asked for before', '-1 second', 'given'],
  ['the clock was set back after a list was asked for', '5 seconds', 'call'],
  ['a list was asked for while the clock was wrong by hours', '5 hours', 'given'],
])('changes are stamped no earlier than the last list: %s', async (_, ahead, expected) => {
  const integrationId = await makeIntegration();
  const given = '2026-06-01T10:00:00.000Z';
  if (ahead !== undefined) {
    await sql`
      insert into list_calls (integration_id, at)
      values (${integrationId}, ${given}::timestamptz + ${ahead}::interval)
    `.execute(store.database);
  }
  const clock = fixedClock(given);
  const at = await changeRows(
    store.database,
    { integrationId, clock },
    async (_transaction, moment) => moment,
  );
  expect(at).toBe(expected === 'given' ? given : await momentOfCall(integrationId));
});

test('where no clock is handed in, the database tells the time, whatever the clock of the process says', async () => {
  const integrationId = await makeIntegration();
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(store.database);
  const at = await changeRows(
    store.database,
    { integrationId, clock: systemClock },
    async (_transaction, moment) => moment,
  );
  expect(Date.parse(at)).toBeGreaterThanOrEqual(rows[0]?.now.getTime() ?? Infinity);
});

test('of two changes that wait for each other, the one that the server ends is done again', async () => {
  const integrationId = await makeIntegration();
  for (const id of ['one', 'two']) {
    await sql`insert into environments (id, name, created_at) values (${id}, '', now())`.execute(
      store.database,
    );
  }
  const both = Promise.withResolvers<void>();
  let begun = 0;
  let calls = 0;
  const touch = (first: string, second: string) =>
    changeRows(store.database, { integrationId, clock: systemClock }, async (transaction) => {
      calls += 1;
      await sql`update environments set name = name || 'x' where id = ${first}`.execute(transaction);
      begun += 1;
      if (begun === 2) both.resolve();
      await both.promise;
      await sql`update environments set name = name || 'x' where id = ${second}`.execute(transaction);
    });
  await Promise.all([touch('one', 'two'), touch('two', 'one')]);
  // One that is begun anew may overtake the other, and be ended for it once more.
  expect(calls).toBeGreaterThanOrEqual(3);
  // After two, each is alone.
  expect(calls).toBeLessThanOrEqual(6);
  const { rows } = await sql`select name from environments where id in ('one', 'two')`.execute(
    store.database,
  );
  expect(rows).toEqual([{ name: 'xx' }, { name: 'xx' }]);
});

async function momentOfCall(integrationId: string): Promise<string | undefined> {
  const { rows } = await sql<{ at: string }>`
    select instant(at) as at from list_calls where integration_id = ${integrationId}
  `.execute(store.database);
  return rows[0]?.at;
}

async function waitingLocks(): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())
  `.execute(store.database);
  return rows[0]?.count ?? 0;
}
