// What two transactions do to the same rows at once, on a PostgreSQL server.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../../contracts/clock.ts';
import { openStore, type Store } from '../../../connector/store/open-store.ts';
import { beginReading, markGone } from '../../../connector/store/queries/rows.ts';
import { beginSync } from '../../../connector/store/queries/syncs.ts';
import type { Database } from '../../../connector/store/schema.ts';
import { changeRows } from '../../../connector/store/change-rows.ts';
import { derive } from '../../../connector/sync/derivations.ts';
import { placeOnPostgres } from '../../support/databases.ts';
import { rowsOf, type Rows } from '../api/support/rows.ts';

let store: Store;
let integrations = 0;

beforeAll(async () => {
  store = await openStore(await placeOnPostgres());
  await sql`insert into environments (id, name, created_at) values ('e', 'E', now())`.execute(store.database);
});
afterAll(() => store.close());

async function makeIntegration(): Promise<{ integrationId: string; rows: Rows }> {
  integrations += 1;
  const integrationId = `gem:${integrations}`;
  await sql`
    insert into integrations (id, environment_id, gem_url, gem_api_key, end_user_organization_name,
      is_remote_data_enabled, created_at)
    values (${integrationId}, 'e', 'http://gem', '', 'Acme', false, now())
  `.execute(store.database);
  return { integrationId, rows: rowsOf(store.database, integrationId) };
}

/** Does the first in a transaction that ends only when the second waits for it. */
async function overlap(
  integrationId: string,
  first: (transaction: Database) => Promise<unknown>,
  second: (transaction: Database, at: string) => Promise<unknown>,
): Promise<void> {
  const options = { integrationId, clock: systemClock };
  const begun = Promise.withResolvers<void>();
  const told = Promise.withResolvers<void>();
  const one = changeRows(store.database, options, async (transaction) => {
    await first(transaction);
    begun.resolve();
    await told.promise;
  });
  await begun.promise;
  const other = changeRows(store.database, options, second);
  await expect.poll(waiting).toBe(1);
  told.resolve();
  await Promise.all([one, other]);
}

async function waiting(): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'
  `.execute(store.database);
  return rows[0]?.count ?? 0;
}

test('the end of a full sync waits for a row that is being brought, and does not take it for gone', async () => {
  const { integrationId, rows } = await makeIntegration();
  const [kept, lost] = [
    await rows.insert('ats_candidates', 'kept'),
    await rows.insert('ats_candidates', 'lost'),
  ];
  const startedAt = '2026-06-01T00:00:00.000Z';
  const { sync } = await beginSync(store.database, { integrationId, type: 'FULL', startedAt });
  const reading = await beginReading(store.database);
  await overlap(
    integrationId,
    (transaction) =>
      sql`update ats_candidates set reading = ${reading}::bigint where id = ${kept}`.execute(transaction),
    (transaction, at) =>
      markGone(transaction, { model: 'ats_candidates', integrationId, syncId: sync.id, at }),
  );
  const { rows: gone } = await sql`
    select id from ats_candidates where integration_id = ${integrationId} and remote_deleted_at is not null
  `.execute(store.database);
  expect(gone).toEqual([{ id: lost }]);
});

test('a derivation writes nothing that it has worked out from what was there before', async () => {
  const { integrationId, rows } = await makeIntegration();
  const [former, present] = [rows.id('stage-1'), rows.id('stage-2')];
  await rows.insert('ats_applications', 'application', { current_stage_id: former });
  const application = rows.id('application');
  const interview = await rows.insert('ats_interviews', 'interview', { application_id: application });
  await overlap(
    integrationId,
    async (transaction) => {
      await sql`update ats_applications set current_stage_id = ${present} where id = ${application}`.execute(
        transaction,
      );
      await sql`update ats_interviews set stage_id = ${present} where id = ${interview}`.execute(transaction);
    },
    // It finds the interview in no stage, and would put it into the former one.
    (transaction, at) => derive(transaction, { integrationId, at }),
  );
  const { rows: found } = await sql`select stage_id from ats_interviews where id = ${interview}`.execute(
    store.database,
  );
  expect(found).toEqual([{ stage_id: present }]);
});

test('a change that was ended twice for others waits until it is alone', async () => {
  const { integrationId } = await makeIntegration();
  let attempts = 0;
  await overlap(
    integrationId,
    () => Promise.resolve(),
    () => {
      attempts += 1;
      if (attempts <= 2) throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
      return Promise.resolve();
    },
  );
  expect(attempts).toBe(3);
});
