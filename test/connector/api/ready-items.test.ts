import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fixedClock, systemClock } from '../../../contracts/clock.ts';
import { changeRows } from '../../../connector/store/change-rows.ts';
import { openStore, type Store } from '../../../connector/store/open-store.ts';
import { clearGoneRows } from '../../../connector/store/queries/expiry.ts';
import { mapCustomField, passOnField } from '../../../connector/store/queries/fields.ts';
import { catchUp, forgetUnread, keep } from '../../../connector/store/queries/ready-items.ts';
import type { Database } from '../../../connector/store/schema.ts';
import { placeOnPostgres } from '../../support/databases.ts';
import { startApi, type Api } from './support/api.ts';
import { makeAnew, readKept } from './support/kept-lists.ts';
import { insertSmallWorld } from './support/small-world.ts';
import { rowsOf, type Table, type Values } from './support/rows.ts';

const lately = '2026-06-01T12:00:00.000Z';

async function countOf(database: Database, table: string, integrationId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from ${sql.table(table)} where integration_id = ${integrationId}
  `.execute(database);
  return rows[0]?.count ?? 0;
}

/**
 * The small world, behind other records: what changes is on the last of three pages where a page has one item, and others are
 * read before.
 */
async function startFurnished(): Promise<Api> {
  const api = await startApi();
  const { id, insert } = api.rows;
  await insert('ats_users', 'user-2', { email: 'charles@example.com' });
  await insert('ats_users', 'user-3', { email: 'joan@example.com' });
  for (const number of [3, 2]) {
    const application = { candidate_id: id(`candidate-${number}`), outcome: 'HIRED' };
    const talk = { application_id: id(`application-${number}`), title: 'Talk' };
    const interviewer = { interview_id: id(`interview-${number}`), user_id: id('user-3') };
    await insert('ats_candidates', `candidate-${number}`, { first_name: 'Alan' });
    await insert('ats_applications', `application-${number}`, application);
    await insert('ats_interviews', `interview-${number}`, talk);
    await insert('ats_join_interviews_users', `interview-${number}/user-3`, interviewer);
  }
  await insertSmallWorld(api.rows);
  return api;
}

type Change = [what: string, shown: string, table: Table, remoteId: string, values: Values];

const changes: Change[] = [
  ['a candidate has another name', 'Augusta', 'ats_candidates', 'candidate-1', { first_name: 'Augusta' }],
  ['an application is rejected', 'DECLINED', 'ats_applications', 'application-1', { outcome: 'DECLINED' }],
  ['a job is renamed', 'Astronaut', 'ats_jobs', 'job-1', { name: 'Astronaut' }],
  ['a stage is renamed', 'On site', 'ats_application_stages', 'stage-1', { name: 'On site' }],
  [
    'a stage has another place',
    '"index" : 77',
    'ats_join_jobs_application_stages',
    'job-1/stage-1',
    { index: 77 },
  ],
  ['an interview is retitled', 'Lunch', 'ats_interviews', 'interview-1', { title: 'Lunch' }],
  ['an interviewer has another address', 'a@b.example', 'ats_users', 'user-1', { email: 'a@b.example' }],
  ['an interviewer goes', '"users" : []', 'ats_users', 'user-1', { remote_deleted_at: lately }],
  [
    'an interviewer is another',
    'charles@example.com',
    'ats_join_interviews_users',
    'interview-1/user-1',
    { user_id: 'user-2' },
  ],
];

describe('what is kept ready is what there is, after', () => {
  describe.each([1, 100])('in pages of %d', (size) => {
    test.for(changes)('%s', async ([, shown, table, remoteId, values]) => {
      const { database, integrationId, rows } = await startFurnished();
      const before = await readKept(database, integrationId, size);
      expect(before.join()).not.toContain(shown);
      expect(await countOf(database, 'ready_items', integrationId)).toBe(9);
      const other = 'user_id' in values ? { user_id: rows.id('user-2') } : {};
      await rows.update(table, remoteId, { ...values, ...other, changed_at: lately });
      const after = await readKept(database, integrationId, size);
      expect(after.join()).toContain(shown);
      expect(after).toEqual(await makeAnew(database, integrationId, size));
      expect(await countOf(database, 'ready_items', integrationId)).toBe(9);
    });
  });

  test('an application goes to another candidate, and comes back', async () => {
    const { database, integrationId, rows } = await startFurnished();
    const now = await readKept(database, integrationId, 1);
    for (const candidate of ['candidate-2', 'candidate-1']) {
      const values = { candidate_id: rows.id(candidate), changed_at: lately };
      await rows.update('ats_applications', 'application-1', values);
      const kept = await readKept(database, integrationId, 1);
      expect(kept).toEqual(await makeAnew(database, integrationId, 1));
      expect(kept).not.toEqual(now);
    }
  });

  test('a record comes that others referred to already', async () => {
    const { database, integrationId, rows } = await startFurnished();
    const application = { candidate_id: rows.id('candidate-2'), job_id: rows.id('job-2') };
    await rows.insert('ats_applications', 'application-4', application);
    await readKept(database, integrationId, 1);
    await rows.insert('ats_jobs', 'job-2', { name: 'Astronaut', changed_at: lately });
    const kept = await readKept(database, integrationId, 1);
    expect(kept.filter((page) => page.includes('Astronaut'))).toHaveLength(2);
  });

  test.each(['ats_candidates', 'ats_applications'] as const)(
    'a custom field of %s is mapped otherwise, and a raw field is hidden',
    async (model) => {
      const { database, integrationId, rows } = await startFurnished();
      const field = { id: 'f1', key: 'salary', type: 'CUSTOM', label: 'Salary', value: 'a lot' };
      await rows.insert(model, 'another', { integration_fields: [field] });
      await sql`
        insert into integration_fields (integration_id, id, model, key, type, label)
        values (${integrationId}, 'f1', ${model}, 'salary', 'CUSTOM', 'Salary')
      `.execute(database);
      const read = async () => (await readKept(database, integrationId, 1)).join();
      expect(await read()).not.toContain('"wage"');
      const clock = fixedClock(lately);
      const mapping = { model, key: 'wage', integrationFieldId: 'f1' };
      await mapCustomField(database, { integrationId, mapping, before: null, clock });
      expect(await read()).toContain('"wage": "a lot"');
      await passOnField(database, { integrationId, field: { id: 'f1', model }, isEnabled: false, clock });
      expect(await read()).not.toContain('"Salary"');
      expect(await readKept(database, integrationId, 1)).toEqual(await makeAnew(database, integrationId, 1));
    },
  );
});

test('what has not changed stays ready when something else does', async () => {
  const { database, integrationId, rows } = await startFurnished();
  await readKept(database, integrationId);
  await sql`update ready_items set json = '{"is":"kept"}' where integration_id = ${integrationId}`.execute(
    database,
  );
  await rows.update('ats_users', 'user-1', { email: 'a@b.example', changed_at: lately });
  const [candidates, applications, interviews] = await readKept(database, integrationId);
  expect(interviews).toContain('a@b.example');
  expect([candidates, applications].map((page) => page?.includes('kept'))).toEqual([true, true]);
});

test('items that another version has made are not shown', async () => {
  const { database, integrationId } = await startFurnished();
  const now = await readKept(database, integrationId);
  await sql`update ready_items set shape = 'another', json = '{}' where integration_id = ${integrationId}`.execute(
    database,
  );
  expect(await readKept(database, integrationId)).toEqual(now);
});

test('a very large item is not kept', async () => {
  const { database, integrationId, rows } = await startFurnished();
  await rows.insert('ats_candidates', 'candidate-4', { title: 'x'.repeat(70_000) });
  const [candidates] = await readKept(database, integrationId);
  expect(candidates).toContain('x'.repeat(70_000));
  expect(await countOf(database, 'ready_items', integrationId)).toBe(9);
});

test('values that are cleared are kept nowhere', async () => {
  const { database, integrationId, rows } = await startFurnished();
  await rows.insert('ats_candidates', 'candidate-4', { first_name: 'Barbara', remote_deleted_at: lately });
  await readKept(database, integrationId);
  await clearGoneRows(database, {
    before: '2026-07-01T00:00:00.000Z',
    clock: fixedClock('2026-07-01T00:00:00.000Z'),
  });
  expect(await countOf(database, 'ready_items', integrationId)).toBe(0);
  expect((await readKept(database, integrationId)).join()).not.toContain('Barbara');
});

test('an integration that is removed leaves nothing that was ready', async () => {
  const { database, integrationId, rows } = await startFurnished();
  await readKept(database, integrationId);
  await rows.update('ats_jobs', 'job-1', { name: 'Astronaut', changed_at: lately });
  await sql`delete from integrations where id = ${integrationId}`.execute(database);
  expect(await countOf(database, 'ready_items', integrationId)).toBe(0);
  expect(await countOf(database, 'unshown_changes', integrationId)).toBe(0);
});

test('a list that nobody reads any more is forgotten', async () => {
  const { database, integrationId, rows } = await startFurnished();
  await readKept(database, integrationId);
  for (let change = 0; change < 4; change += 1)
    await rows.update('ats_interviews', 'interview-1', { title: `${change}`, changed_at: lately });
  await forgetUnread(database, 3);
  const { rows: left } = await sql<{ model: string }>`
    select distinct model from ready_items where integration_id = ${integrationId}
  `.execute(database);
  expect(left).toEqual([{ model: 'ats_candidates' }]);
  expect(await countOf(database, 'unshown_changes', integrationId)).toBe(0);
  expect((await readKept(database, integrationId)).join()).toContain('"title" : "3"');
});

describe('on a server, where others write meanwhile,', () => {
  const integrationId = 'gem:1';
  let store: Store;

  beforeEach(async () => {
    store = await openStore(await placeOnPostgres());
    const { database } = store;
    await sql`insert into environments (id, name, created_at) values ('e', 'E', now())`.execute(database);
    await sql`
      insert into integrations (id, environment_id, gem_url, gem_api_key, end_user_organization_name,
        is_remote_data_enabled, created_at)
      values (${integrationId}, 'e', 'http://gem', '', 'Acme', false, now())
    `.execute(database);
    await rowsOf(database, integrationId).insert('ats_candidates', 'candidate-1');
  });
  afterEach(() => store.close());

  const rename = (database: Database) =>
    sql`update ats_candidates set first_name = 'Augusta', changed_at = ${lately}`.execute(database);
  const read = async () => (await readKept(store.database, integrationId)).join();
  const count = () => countOf(store.database, 'ready_items', integrationId);
  /** How many wait for another's row. */
  const waiting = async () => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::integer as count from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'
    `.execute(store.database);
    return rows[0]?.count;
  };

  test('a list shows what was being written while it was made, as soon as that is stored', async () => {
    const written = Promise.withResolvers<void>();
    const told = Promise.withResolvers<void>();
    const writing = store.database.transaction().execute(async (transaction) => {
      await rename(transaction);
      written.resolve();
      await told.promise;
    });
    await written.promise;
    expect(await read()).toContain('Grace');
    expect(await count()).toBe(1);
    told.resolve();
    await writing;
    expect(await read()).toContain('Augusta');
  });

  test('who changes rows does not wait for who keeps items', async () => {
    await read();
    await store.database.transaction().execute(async (transaction) => {
      await sql`delete from unshown_changes`.execute(transaction);
      await sql`update ready_items set json = json`.execute(transaction);
      // It would wait for the end of this transaction, and so for ever.
      await changeRows(store.database, { integrationId, clock: systemClock }, (writer) => rename(writer));
    });
    expect(await read()).toContain('Augusta');
  });

  test.each([
    [
      'removed',
      (database: Database) => sql`delete from integrations where id = ${integrationId}`.execute(database),
    ],
    [
      'cleared',
      (database: Database) => clearGoneRows(database, { before: '2026-07-01', clock: systemClock }),
    ],
  ])('what is kept while its integration is %s does not stay', async (_, end) => {
    await rowsOf(store.database, integrationId).update('ats_candidates', 'candidate-1', {
      remote_deleted_at: lately,
    });
    const list = { integrationId, model: 'ats_candidates', shape: 'one' } as const;
    let ended: Promise<unknown> | undefined;
    await store.database.transaction().execute(async (transaction) => {
      await catchUp(transaction, list, () => sql`null`);
      const item = sql`select '1' as number, 'candidate-1' as id, 'Grace' as json`;
      await keep(list, item).execute(transaction);
      ended = end(store.database);
      await expect.poll(waiting).toBe(1);
    });
    await ended;
    expect(await count()).toBe(0);
  });

  test('one at a time keeps items, and others only make theirs', async () => {
    await store.database.transaction().execute(async (transaction) => {
      const list = { integrationId, model: 'ats_candidates', shape: '' } as const;
      await catchUp(transaction, list, () => sql`null`);
      expect(await read()).toContain('Grace');
      expect(await count()).toBe(0);
    });
    await read();
    expect(await count()).toBe(1);
  });
});
