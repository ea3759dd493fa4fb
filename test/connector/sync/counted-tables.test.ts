// Statements over whole tables take minutes where the database plans them for a few rows, so it has to know how many there are.
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { useStore, type Connected } from '../../support/connected.ts';
import { userRecord } from '../../support/gem-records.ts';
import { startStubGem, type StubGem } from '../../support/stub-gem.ts';

const { store, connect } = useStore();
/** The embedded database has no other process. */
const isShared = process.env['TEST_DATABASE'] !== 'PGlite';

test('the first sync of an account has its rows counted, a later one those of tables that have grown', async () => {
  const large = await startStubGem({ listUsers: users(600) });
  const one = await connect(large);
  await one.sync();
  expect(await expectedRows(one)).toBe(600);

  const small = await startStubGem({ listUsers: users(20) });
  const other = await connect(small);
  await other.sync();
  expect(await expectedRows(other)).toBe(20);

  await hasUsers(large, one, 630);
  expect(await countedRows()).toBe(620);
  await hasUsers(large, one, 900);
  expect(await countedRows()).toBe(920);
});

test.runIf(isShared)(
  'who comes while another process counts waits for it, and leaves it at that',
  async () => {
    const gem = await connect(await startStubGem({ listUsers: users(50) }));
    const before = await countedRows();
    const { promise: counted, resolve: haveCounted } = Promise.withResolvers<void>();
    const { promise: counting, resolve: count } = Promise.withResolvers<void>();
    const another = store()
      .database.transaction()
      .execute(async (transaction) => {
        await sql`select pg_advisory_xact_lock(hashtextextended('counting of the tables', 0))`.execute(
          transaction,
        );
        count();
        await counted;
      });
    await counting;
    const sync = gem.sync();
    await expect.poll(waiting, { timeout: 20_000 }).toBe(1);
    haveCounted();
    await another;
    expect(await sync).toMatchObject({ state: 'SUCCEEDED' });
    expect(await countedRows()).toBe(before);
  },
);

function users(count: number) {
  return Array.from({ length: count }, (_, index) => userRecord(`user-${index}`));
}

async function hasUsers(stub: StubGem, { sync, stored }: Connected, count: number): Promise<void> {
  stub.lists.listUsers = users(count);
  const integration = await stored();
  await sync({ ...(integration && { integration }) });
}

/** How many users of an integration the database expects to find. */
async function expectedRows({ integration }: Connected): Promise<number> {
  const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>`
    explain (format json) select from ats_users where integration_id = ${sql.lit(integration.id)}
  `.execute(store().database);
  return rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
}

/** How many users of all integrations there were when they were counted last. */
async function countedRows(): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select reltuples as count from pg_class where oid = 'ats_users'::regclass
  `.execute(store().database);
  return rows[0]?.count ?? 0;
}

/** How many sessions wait for another's lock. */
async function waiting(): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from pg_locks
    where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())
  `.execute(store().database);
  return rows[0]?.count ?? 0;
}
