import { sql } from 'kysely';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { GemClient } from '../../../connector/gem/client.ts';
import { users } from '../../../connector/models/users.ts';
import { instruments } from '../../../connector/observe/instruments.ts';
import { DatabaseUnreachable } from '../../../connector/store/outage.ts';
import { findSync, listSyncs } from '../../../connector/store/queries/syncs.ts';
import { saveRecords } from '../../../connector/sync/save-records.ts';
import { useStore } from '../../support/connected.ts';
import { applicationRecord, candidateRecord, oneOfEach, userRecord } from '../../support/gem-records.ts';
import { answer, startStubGem } from '../../support/stub-gem.ts';

const { store, connect } = useStore();

describe('a record that cannot be used', () => {
  test('is kept aside with the reason, and the others go on', async () => {
    const { id: _, ...bad } = userRecord('bad', { first_name: 'Private' });
    const stub = await startStubGem({ ...oneOfEach(), listUsers: [userRecord('a'), bad, userRecord('b')] });
    const { sync, rows, integration, stored } = await connect(stub);
    const problem = 'records that could not be used: 1 of /users/';
    expect(await sync()).toMatchObject({ state: 'PARTIALLY_FAILED', problem });
    expect(await rows('ats_users')).toMatchObject([{ remote_id: 'a' }, { remote_id: 'b' }]);
    expect(await rows('ats_jobs')).toHaveLength(1);
    expect((await stored())?.firstSyncedAt).not.toBeNull();
    const { rows: rejected } = await sql`
      select listing, remote_id, reason, record from rejected_records where integration_id = ${integration.id}
    `.execute(store().database);
    const reason = 'the record has no id that can be used';
    const remote_id = expect.stringMatching(/^without an id: [0-9a-f]{64}$/);
    expect(rejected).toEqual([{ listing: 'listUsers', remote_id, reason, record: bad }]);
  });

  test('is not gone: what is known of it stays, and it is taken up again once it is well', async () => {
    const stub = await startStubGem(oneOfEach());
    const { sync, rows } = await connect(stub);
    await sync();
    const [job] = oneOfEach().listJobs;
    stub.lists.listJobs = [{ ...job, id: null }];
    expect(await sync()).toMatchObject({ state: 'PARTIALLY_FAILED' });
    expect(await rows('ats_jobs')).toMatchObject([{ remote_deleted_at: null }]);
    expect(await rows('ats_join_jobs_users')).toMatchObject([
      { remote_deleted_at: null },
      { remote_deleted_at: null },
    ]);
    stub.lists.listJobs = oneOfEach().listJobs;
    expect(await sync()).toMatchObject({ state: 'SUCCEEDED', problem: null });
  });

  test('costs itself and not the sync, where it is the mapping that fails, and is known to be there', async () => {
    const stub = await startStubGem({ listUsers: [userRecord('a'), userRecord('b')] });
    const { sync, rows, integration } = await connect(stub);
    await sync();
    const mapping = vi.spyOn(users, 'rows').mockImplementation(({ id }) => {
      throw new TypeError(`a defect that tells of ${id}`);
    });
    onTestFinished(() => mapping.mockRestore());
    stub.requests.length = 0;
    const problem = 'records that could not be used: 2 of /users/';
    expect(await sync()).toMatchObject({ state: 'PARTIALLY_FAILED', problem });
    expect(await rows('ats_users')).toMatchObject([{ remote_deleted_at: null }, { remote_deleted_at: null }]);
    expect(stub.requests.some(({ url }) => /users\/[ab]/.test(url.pathname))).toBe(false);
    const { rows: rejected } = await sql`
      select remote_id, reason, record from rejected_records where integration_id = ${integration.id} order by 1
    `.execute(store().database);
    const reason = 'the record could not be mapped';
    expect(rejected).toEqual([
      { remote_id: 'a', reason, record: userRecord('a') },
      { remote_id: 'b', reason, record: userRecord('b') },
    ]);
  });

  test('that nobody can name leaves open who is gone, so nobody is', async () => {
    const stub = await startStubGem({ listUsers: [userRecord('a'), userRecord('b')] });
    const { sync, rows } = await connect(stub);
    await sync();
    stub.lists.listUsers = [userRecord('a'), 'not a record', null, { id: '' }];
    expect(await sync()).toMatchObject({ state: 'PARTIALLY_FAILED' });
    expect(await rows('ats_users')).toMatchObject([{ remote_deleted_at: null }, { remote_deleted_at: null }]);
  });
});

test('words that Gem adds to a list of words, and applications that it leaves out, spoil no record', async () => {
  const { applications: _, ...candidate } = candidateRecord('candidate-1');
  const [job] = oneOfEach().listJobs;
  const stub = await startStubGem({
    listJobs: [{ ...job, location_type: 'moon', status: 'archived', news: true }],
    listCandidates: [candidate],
  });
  const { sync, rows } = await connect(stub);
  expect(await sync()).toMatchObject({ state: 'SUCCEEDED' });
  expect(await rows('ats_jobs')).toMatchObject([{ remote_work_status: null, status: 'archived' }]);
  expect(await rows('ats_candidates')).toMatchObject([{ source: null }]);
});

test('what a sync reads, changes, misses and cannot use is measured', async () => {
  const stub = await startStubGem({ listUsers: ['a', 'b', 'c'].map((id) => userRecord(id)) });
  const { sync } = await connect(stub);
  await sync();
  const { recordsRead, rowsChanged, recordsRejected, schemaDrift } = instruments;
  const told = [recordsRead, rowsChanged, recordsRejected, schemaDrift].map(({ name }, place, all) => ({
    name,
    calls: vi.spyOn(all[place] as { add: typeof recordsRead.add }, 'add').mockClear().mock.calls,
  }));
  onTestFinished(() => void vi.restoreAllMocks());
  stub.lists.listUsers = [userRecord('a', { first_name: 'Ada', disabled: 'odd' as never }), userRecord('b')];
  await sync();
  stub.lists.listUsers = [{ last_name: 'Private' }];
  await sync();
  const counts = told.map(({ name, calls }) => [
    name,
    calls.filter(([value, labels]) => value > 0 && !('model' in labels && labels.model !== 'ats_users')),
  ]);
  expect(Object.fromEntries(counts)).toEqual({
    connector_records_read_total: [
      [2, { listing: 'listUsers' }],
      [1, { listing: 'listUsers' }],
    ],
    connector_rows_changed_total: [
      [1, { model: 'ats_users', change: 'changed' }],
      [1, { model: 'ats_users', change: 'gone' }],
    ],
    connector_records_rejected_total: [[1, { listing: 'listUsers' }]],
    connector_schema_drift_total: [
      [1, { listing: 'listUsers', kind: 'other-form' }],
      [1, { listing: 'listUsers', kind: 'missing-needed' }],
    ],
  });
});

describe('a sync ends', () => {
  test('as AUTHENTICATION_FAILED when Gem refuses the key, without data and without telling the key', async () => {
    const stub = await startStubGem(oneOfEach());
    const { sync, rows, stored } = await connect(stub);
    stub.intercept = (_, response) => answer(response, 403, { message: 'Forbidden' });
    const summary = await sync();
    expect(summary).toMatchObject({ state: 'AUTHENTICATION_FAILED', problem: 'Gem refused the API key' });
    expect(JSON.stringify(await findSync(store().database, summary.syncId))).not.toContain('secret');
    expect(await rows('ats_users')).toEqual([]);
    expect((await stored())?.firstSyncedAt).toBeNull();
  });

  test('as FAILED when Gem stays down, keeps what it read, and the next one begins anew', async () => {
    const stub = await startStubGem(oneOfEach());
    const { sync, rows, stored } = await connect(stub);
    let isDown = false;
    stub.intercept = (request, response) => {
      isDown ||= request.url?.startsWith('/ats/v0/candidates/') === true;
      return isDown && answer(response, 503, {});
    };
    const failed = await sync();
    expect(failed).toMatchObject({ state: 'FAILED', problem: 'Gem failed with status 503' });
    expect(await rows('ats_users')).toHaveLength(2);
    expect((await stored())?.firstSyncedAt).toBeNull();
    stub.intercept = () => false;
    stub.requests.length = 0;
    const next = await sync();
    expect(next.state).toBe('SUCCEEDED');
    expect(next.syncId).not.toBe(failed.syncId);
    expect(stub.requests.some(({ url }) => url.pathname === '/ats/v0/users/')).toBe(true);
  });
});

test('a sync fails by a defect of ours, which is thrown on, and waits to be resumed while the database is away', async () => {
  const { sync, gem, integration } = await connect(await startStubGem(oneOfEach()));
  const failing = (error: Error): GemClient => ({
    ...gem,
    ask: async () => {
      throw error;
    },
  });
  const latest = async () => {
    const [first] = await listSyncs(store().database, { integrationId: integration.id, limit: 1 });
    return first;
  };
  const defect = new TypeError('a defect');
  await expect(sync({ gem: failing(defect) })).rejects.toBe(defect);
  expect(await latest()).toMatchObject({
    state: 'FAILED',
    problem: 'the sync came upon a defect of the connector',
  });
  const away = new DatabaseUnreachable({ cause: new Error('gone') });
  await expect(sync({ gem: failing(away) })).rejects.toBe(away);
  const left = await latest();
  expect(left).toMatchObject({ state: 'RUNNING', endedAt: null, problem: null });
  expect(await sync()).toMatchObject({ syncId: left?.id, type: 'FULL', state: 'SUCCEEDED', problem: null });
});

describe('a sync that was killed', () => {
  const ids = ['a', 'b', 'c', 'd', 'e'];

  test('goes on behind its last whole page, under its own id', async () => {
    const stub = await startStubGem({ ...oneOfEach(), listCandidates: ids.map((id) => candidateRecord(id)) });
    stub.pageSize = 2;
    const { sync, gem, rows } = await connect(stub);
    await new Promise<void>((resolve) => {
      void sync({
        gem: dyingAt(gem, 'listCandidates', 3),
        onProgress: ({ listing, records }) => listing === 'listCandidates' && records === 4 && resolve(),
      });
    });
    stub.requests.length = 0;
    const summary = await sync();
    expect(summary.state).toBe('SUCCEEDED');
    const [first] = stub.requests;
    expect([first?.url.pathname, first?.url.searchParams.get('page')]).toEqual(['/ats/v0/candidates/', '3']);
    expect(await rows('ats_candidates')).toHaveLength(5);
    for (const row of await rows('ats_candidates')) expect(row['remote_deleted_at']).toBeNull();
    const { rows: syncs } = await sql`select state from syncs where id = ${summary.syncId}`.execute(
      store().database,
    );
    expect(syncs).toEqual([{ state: 'SUCCEEDED' }]);
  });

  test('still finds who is gone, among those it met before it was killed too', async () => {
    const stub = await startStubGem({ listUsers: ids.map((id) => userRecord(id)) });
    const { sync, gem, rows } = await connect(stub);
    await sync();
    stub.lists.listUsers = ids.slice(1).map((id) => userRecord(id));
    await new Promise<void>((resolve) => {
      void sync({
        gem: dyingAt(gem, 'listJobs', 1),
        onProgress: ({ listing, done }) => listing === 'listUsers' && done && resolve(),
      });
    });
    await sync();
    const gone = (await rows('ats_users')).filter((row) => row['remote_deleted_at'] !== null);
    expect(gone.map(({ remote_id }) => remote_id)).toEqual(['a']);
  });

  test('still knows what it could not use, as does a delta sync after it; the next full one begins anew', async () => {
    const { id: _, ...nameless } = userRecord('nameless');
    const stub = await startStubGem({ listUsers: [nameless] });
    const { sync, gem } = await connect(stub);
    await new Promise<void>((resolve) => {
      void sync({
        gem: dyingAt(gem, 'listJobs', 1),
        onProgress: ({ listing, done }) => listing === 'listUsers' && done && resolve(),
      });
    });
    const problem = 'records that could not be used: 1 of /users/';
    stub.lists.listUsers = [];
    expect(await sync()).toMatchObject({ state: 'PARTIALLY_FAILED', problem });
    expect(await sync({ type: 'DELTA' })).toMatchObject({ state: 'PARTIALLY_FAILED', problem });
    expect(await sync()).toMatchObject({ state: 'SUCCEEDED', problem: null });
  });
});

test('what a write adds while a sync runs is not gone at its end', async () => {
  const stub = await startStubGem(oneOfEach());
  const { sync, rows, integration, clock } = await connect(stub);
  const saving: Promise<unknown>[] = [];
  await sync({
    onProgress: ({ listing, done }) => {
      if (listing !== 'listCandidates' || !done) return;
      const records = [candidateRecord('made by a write')];
      saving.push(saveRecords({ store: store(), clock, integration, listing, records }));
    },
  });
  await Promise.all(saving);
  const [, made] = await rows('ats_candidates');
  expect(made).toMatchObject({ remote_id: 'made by a write', remote_deleted_at: null });
});

/** Answers until a page of a list, and then never again: to the store that is the same as a killed process. */
function dyingAt(gem: GemClient, operation: string, page: number): GemClient {
  return {
    ...gem,
    ask: (id, call, signal) =>
      id === operation && call.query?.['page'] === page ? new Promise(() => {}) : gem.ask(id, call, signal),
  };
}

test('who lost an application is asked for as well, and once more after Gem could not say', async () => {
  const source = { id: 'two', public_name: 'Meetup' };
  const of = (id: string) => [applicationRecord('one', id, { source })];
  const people = (owner: string) =>
    ['a', 'b'].map((id) => candidateRecord(id, { applications: id === owner ? of(id) : [] }));
  const stub = await startStubGem({ listApplications: of('a'), listCandidates: people('a') });
  const { sync, rows } = await connect(stub);
  await sync();
  Object.assign(stub.lists, { listApplications: of('b'), listCandidates: [] });
  const answerById = (status: number) => {
    stub.intercept = ({ url }, response) =>
      url?.includes('candidate_ids=') === true && answer(response, status, people('b'));
  };
  answerById(503);
  await sync({ type: 'DELTA' });
  expect(await rows('ats_candidates')).toMatchObject([{ source: 'Meetup' }, { source: null }]);
  answerById(200);
  await sync({ type: 'DELTA' });
  expect(await rows('ats_candidates')).toMatchObject([{ source: null }, { source: 'Meetup' }]);
});
