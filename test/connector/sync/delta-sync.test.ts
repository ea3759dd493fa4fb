import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { RecordOf } from '../../../connector/models/listings.ts';
import { findSync, queueSync } from '../../../connector/store/queries/syncs.ts';
import { ShuttingDown } from '../../../connector/sync/outcome.ts';
import { useStore } from '../../support/connected.ts';
import {
  applicationRecord,
  candidateRecord,
  jobRecord,
  oneOfEach,
  userLite,
  userRecord,
} from '../../support/gem-records.ts';
import { answer, startStubGem, type StubGem } from '../../support/stub-gem.ts';

const { store, connect } = useStore();

/** What each list was asked for since the log was emptied: the moment, or null for all of it. */
function asked(stub: StubGem): Record<string, string | null> {
  const pages = stub.requests.map(({ url }) => [
    url.pathname.replace('/ats/v0', ''),
    url.searchParams.get('updated_after') ?? url.searchParams.get('last_activity_after'),
  ]);
  return Object.fromEntries(pages);
}

/** Lets Gem's answers bear a date of its own. */
function dateAnswers(stub: StubGem, instant: string | undefined): void {
  stub.intercept = (_request, response) => {
    response.sendDate = false;
    if (instant !== undefined) response.setHeader('Date', new Date(instant).toUTCString());
    return false;
  };
}

describe('a delta sync', () => {
  test('asks for what changed by the clock of Gem, a little before its last good sync, and reads lookups whole', async () => {
    const stub = await startStubGem(oneOfEach());
    dateAnswers(stub, '2031-01-01T12:00:00.000Z');
    const { sync } = await connect(stub);
    await sync();
    stub.requests.length = 0;
    expect(await sync({ type: 'DELTA' })).toMatchObject({ type: 'DELTA', state: 'SUCCEEDED', problem: null });
    const since = '2031-01-01T11:45:00.000Z';
    expect(asked(stub)).toEqual({
      '/offices/': null,
      '/departments/': null,
      '/sources/': null,
      '/rejection_reasons/': null,
      '/users/': since,
      '/jobs/': since,
      '/job_stages/': since,
      '/job_posts/': since,
      '/candidates/': since,
      '/applications/': since,
      '/scheduled_interviews/': since,
    });
    // Job posts come along without being asked for.
    const deletedToo = stub.requests.filter(({ url }) => url.searchParams.get('include_deleted') === 'true');
    expect([...new Set(deletedToo.map(({ url }) => url.pathname.replace('/ats/v0', '')))]).toEqual(
      expect.arrayContaining([
        '/users/',
        '/jobs/',
        '/job_stages/',
        '/candidates/',
        '/applications/',
        '/scheduled_interviews/',
      ]),
    );
  });

  test('counts from when the reading began, not from when it ended', async () => {
    const stub = await startStubGem({ listUsers: ['a', 'b', 'c'].map((id) => userRecord(id)) });
    stub.pageSize = 1;
    let minutes = 0;
    stub.intercept = (_request, response) => {
      response.setHeader('Date', new Date(Date.UTC(2031, 0, 1, 0, minutes++)).toUTCString());
      return false;
    };
    const { sync } = await connect(stub);
    minutes = 0;
    await sync();
    stub.requests.length = 0;
    await sync({ type: 'DELTA' });
    // Three calls for each of the four empty lookups came before.
    expect(asked(stub)['/users/']).toBe('2030-12-31T23:57:00.000Z');
  });

  test('is a full sync when there was no good one before, or when Gem does not tell the time', async () => {
    const stub = await startStubGem(oneOfEach());
    dateAnswers(stub, undefined);
    const { sync } = await connect(stub);
    expect(await sync({ type: 'DELTA' })).toMatchObject({ type: 'FULL', state: 'SUCCEEDED' });
    expect(await sync({ type: 'DELTA' })).toMatchObject({ type: 'FULL', state: 'SUCCEEDED' });
    dateAnswers(stub, '2031-01-01T12:00:00.000Z');
    expect(await sync({ type: 'DELTA' })).toMatchObject({ type: 'FULL' });
    expect(await sync({ type: 'DELTA' })).toMatchObject({ type: 'DELTA' });
  });

  test('that waits and becomes a full one keeps its id', async () => {
    const { sync, integration } = await connect(await startStubGem());
    const at = '2026-06-01T00:00:00.000Z';
    const { sync: queued } = await queueSync(store().database, {
      integrationId: integration.id,
      type: 'DELTA',
      at,
    });
    expect(await sync({ type: 'DELTA' })).toMatchObject({ syncId: queued.id, type: 'FULL' });
    expect(await findSync(store().database, queued.id)).toMatchObject({ type: 'FULL', state: 'SUCCEEDED' });
  });

  test('does not count from a sync that failed', async () => {
    const stub = await startStubGem(oneOfEach());
    dateAnswers(stub, '2031-01-01T12:00:00.000Z');
    const { sync } = await connect(stub);
    await sync();
    let isDown = false;
    stub.intercept = (request, response) => {
      response.setHeader('Date', new Date('2031-02-01T12:00:00.000Z').toUTCString());
      isDown ||= request.url?.includes('/job_posts/') === true;
      return isDown && answer(response, 503, {});
    };
    expect(await sync({ type: 'DELTA' })).toMatchObject({ state: 'FAILED' });
    dateAnswers(stub, '2031-03-01T12:00:00.000Z');
    stub.requests.length = 0;
    await sync({ type: 'DELTA' });
    expect(asked(stub)['/users/']).toBe('2031-01-01T11:45:00.000Z');
  });

  test('takes nothing for gone that it does not meet, and marks what Gem says is deleted', async () => {
    const stub = await startStubGem({ listUsers: [userRecord('a'), userRecord('b')] });
    const { sync, rows, clock } = await connect(stub);
    await sync();
    const deleted_at = '2026-05-05T05:05:05.000Z';
    stub.lists.listUsers = [userRecord('b', { deleted_at })];
    clock.advance(60_000);
    await sync({ type: 'DELTA' });
    const moved = '2026-06-01T00:01:00.000Z';
    expect(await rows('ats_users')).toMatchObject([
      { remote_id: 'a', remote_deleted_at: null },
      { remote_id: 'b', remote_deleted_at: deleted_at, changed_at: moved },
    ]);
    stub.lists.listUsers = [userRecord('b')];
    await sync({ type: 'DELTA' });
    expect(await rows('ats_users')).toMatchObject([{}, { remote_id: 'b', remote_deleted_at: null }]);
  });

  test('replaces the parts of a record that it reads', async () => {
    const team = { recruiters: [userLite('user-1'), userLite('user-2')] };
    const stub = await startStubGem({ listJobs: [jobRecord('job-1', { hiring_team: team })] });
    const { sync, rows } = await connect(stub);
    await sync();
    stub.lists.listJobs = [jobRecord('job-1', { hiring_team: { sourcers: [userLite('user-2')] } })];
    await sync({ type: 'DELTA' });
    expect(await rows('ats_join_jobs_users')).toMatchObject([
      { remote_id: 'job-1/user-1', remote_deleted_at: '2026-06-01T00:00:00.000Z' },
      { remote_id: 'job-1/user-2', roles: ['SOURCER'], remote_deleted_at: null },
    ]);
  });

  test('reads jobs whole when an office was renamed, and only then', async () => {
    const stub = await startStubGem({ ...oneOfEach(), listOffices: [{ id: 'office-1', name: 'Berlin' }] });
    const { sync } = await connect(stub);
    await sync();
    stub.requests.length = 0;
    stub.lists.listOffices = [{ id: 'office-1', name: 'Paris' }];
    await sync({ type: 'DELTA' });
    expect(asked(stub)).toMatchObject({ '/jobs/': null, '/job_stages/': expect.any(String) });
    stub.requests.length = 0;
    await sync({ type: 'DELTA' });
    expect(asked(stub)).toMatchObject({ '/jobs/': expect.any(String) });

    // Two offices are others than one; and the same in whatever order, and however often they are shown.
    const both = [...stub.lists.listOffices, { id: 'office-2', name: 'Oslo' }];
    stub.lists.listOffices = both;
    stub.requests.length = 0;
    await sync({ type: 'DELTA' });
    expect(asked(stub)).toMatchObject({ '/jobs/': null });
    stub.lists.listOffices = [...both.toReversed(), both[0]];
    stub.requests.length = 0;
    await sync({ type: 'DELTA' });
    expect(asked(stub)).toMatchObject({ '/jobs/': expect.any(String) });
  });

  test('does not ask for what only lists that are off carry copies of, nor for them', async () => {
    const stub = await startStubGem(oneOfEach());
    const { sync, integration } = await connect(stub);
    const off = ['ats_jobs', 'ats_join_jobs_users', 'ats_applications'];
    const settings = Object.fromEntries(off.map((model) => [model, 'DISABLED' as const]));
    stub.requests.length = 0;
    await sync({ integration: { ...integration, scope: { settings, optedOut: [] } } });
    expect(Object.keys(asked(stub)).toSorted()).toEqual([
      '/candidates/',
      '/job_posts/',
      '/job_stages/',
      '/scheduled_interviews/',
      '/sources/',
      '/users/',
    ]);
  });

  test.each(['all lists', 'the jobs alone'])(
    'that saw an office renamed and could not read %s still has the jobs read whole by the next one',
    async (which) => {
      const stub = await startStubGem({
        ...oneOfEach(),
        listOffices: [{ id: 'office-1', name: 'Berlin' }],
      });
      const { sync } = await connect(stub);
      await sync();
      stub.lists.listOffices = [{ id: 'office-1', name: 'Paris' }];
      let isDown = false;
      stub.intercept = (request, response) => {
        const isJobs = request.url?.includes('/jobs/') === true;
        isDown ||= isJobs;
        return (which === 'all lists' ? isDown : isJobs) && answer(response, 503, {});
      };
      const failed = await sync({ type: 'DELTA' });
      expect(failed.state).toBe(which === 'all lists' ? 'FAILED' : 'PARTIALLY_FAILED');
      expect(failed.problem).not.toContain('candidates');
      stub.intercept = () => false;
      stub.requests.length = 0;
      await sync({ type: 'DELTA' });
      expect(asked(stub)).toMatchObject({ '/jobs/': null });
    },
  );

  test('asks by id for the candidates of changed applications that did not come by themselves', async () => {
    const stub = await startStubGem(oneOfEach());
    const { sync, rows } = await connect(stub);
    await sync();
    const application = applicationRecord('application-1', 'candidate-1', {
      source: { id: 'source-2', public_name: 'Meetup' },
    });
    const candidate = candidateRecord('candidate-1', { applications: [application] });
    stub.lists.listApplications = [application];
    stub.lists.listCandidates = [];
    stub.intercept = (request, response) =>
      request.url?.includes('candidate_ids=candidate-1') === true &&
      answer(response, 200, [candidate, candidateRecord('a stranger')]);
    await sync({ type: 'DELTA' });
    expect(await rows('ats_candidates')).toMatchObject([{ remote_id: 'candidate-1', source: 'Meetup' }]);
  });

  test('asks for them as well where all applications are read for a reason, and for no others', async () => {
    const of = (id: string, at: string) => applicationRecord(`of-${id}`, id, { last_activity_at: at });
    const { last_activity_at: _, ...timeless } = of('c', '');
    const listApplications = [of('a', '2100-01-01T00:00:00Z'), of('b', '2020-01-01T00:00:00Z'), timeless];
    const listCandidates = ['a', 'b', 'c'].map((id) => candidateRecord(id));
    const stub = await startStubGem({ listApplications, listCandidates });
    const { sync } = await connect(stub);
    await sync();
    const listRejectionReasons = [{ id: 'reason', name: 'Renamed' }];
    Object.assign(stub.lists, { listCandidates: [], listRejectionReasons });
    await sync({ type: 'DELTA' });
    expect(stub.requests.flatMap(({ url }) => url.searchParams.getAll('candidate_ids'))).toEqual(['a,c']);
  });
});

test('a delta sync beside a full one that was killed does not make the full one take new rows for gone', async () => {
  const stub = await startStubGem({ listUsers: [userRecord('a')] });
  const { sync, rows, gem } = await connect(stub);
  await sync();
  await new Promise<void>((resolve) => {
    void sync({
      gem: {
        ...gem,
        ask: (id, ...rest) => (id === 'listJobs' ? new Promise(() => {}) : gem.ask(id, ...rest)),
      },
      onProgress: ({ listing, done }) => listing === 'listUsers' && done && resolve(),
    });
  });
  stub.lists.listUsers = [userRecord('a'), userRecord('b')];
  await sync({ type: 'DELTA' });
  await sync();
  expect(await rows('ats_users')).toMatchObject([{ remote_deleted_at: null }, { remote_deleted_at: null }]);
});

test('what a killed delta sync asks for stands, whatever was synced since', async () => {
  const users: RecordOf['listUsers'][] = ['a', 'b', 'c', 'd'].map((id) => userRecord(id));
  const stub = await startStubGem({ listUsers: users });
  stub.pageSize = 2;
  dateAnswers(stub, '2031-01-01T00:00:00.000Z');
  const { sync, gem } = await connect(stub);
  await sync();
  const dying = (page: number): typeof gem => ({
    ...gem,
    ask: (id, call, signal) =>
      id === 'listUsers' && call.query?.['page'] === page ? new Promise(() => {}) : gem.ask(id, call, signal),
  });
  await new Promise<void>((resolve) => {
    void sync({
      type: 'DELTA',
      gem: dying(2),
      onProgress: ({ listing }) => listing === 'listUsers' && resolve(),
    });
  });
  dateAnswers(stub, '2031-02-01T00:00:00.000Z');
  await sync();
  stub.requests.length = 0;
  await sync({ type: 'DELTA' });
  const first = stub.requests.find(({ url }) => url.pathname === '/ats/v0/users/');
  expect(first?.url.searchParams.get('page')).toBe('2');
  expect(first?.url.searchParams.get('updated_after')).toBe('2030-12-31T23:45:00.000Z');
});

test('tables of models are the same, byte by byte, after a sync that finds nothing new', async () => {
  const { sync, rows, clock } = await connect(await startStubGem(oneOfEach()));
  await sync();
  const tables = [
    'ats_users',
    'ats_jobs',
    'ats_candidates',
    'ats_interviews',
    'ats_join_jobs_users',
  ] as const;
  const dump = async () => JSON.stringify(await Promise.all(tables.map((table) => rows(table))));
  const versions = async () =>
    (await sql`select id, xmin::text from ats_jobs order by id`.execute(store().database)).rows;
  const [before, written] = [await dump(), await versions()];
  clock.advance(60_000);
  for (const type of ['FULL', 'DELTA'] as const) {
    await sync({ type });
    expect(await dump()).toBe(before);
    // Not even rewritten with the same values.
    expect(await versions()).toEqual(written);
  }
});

test('a killed delta sync whose good sync does not count any more gives way to a full one', async () => {
  const { sync, integration } = await connect(await startStubGem(oneOfEach()));
  await sync();
  const told = new AbortController();
  const killed = await sync({
    type: 'DELTA',
    signal: told.signal,
    onProgress: () => told.abort(new ShuttingDown()),
  });
  expect(killed).toMatchObject({ type: 'DELTA', state: 'RUNNING' });
  await sql`delete from sync_watermarks where integration_id = ${integration.id}`.execute(store().database);
  const full = await sync({ type: 'DELTA' });
  expect(full).toMatchObject({ type: 'FULL', state: 'SUCCEEDED' });
  expect(full.syncId).not.toBe(killed.syncId);
  expect(await findSync(store().database, killed.syncId)).toMatchObject({
    state: 'CANCELLED',
    problem: 'a full sync takes its place',
    endedAt: expect.any(String),
  });
});
