import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { rememberCreated } from '../../../connector/store/queries/creations.ts';
import type { RunSync, SyncProgress } from '../../../connector/sync/reading.ts';
import { type Connected, useStore } from '../../support/connected.ts';
import {
  candidateRecord,
  jobRecord,
  oneOfEach,
  postRecord,
  stageRecord,
  userLite,
  userRecord,
} from '../../support/gem-records.ts';
import { answer, startStubGem } from '../../support/stub-gem.ts';

const { store, connect } = useStore();

test('the first sync fills all ten models and notes that the integration has data', async () => {
  const { sync, rows, stored } = await connect(await startStubGem(oneOfEach()));
  const summary = await sync();
  expect(summary).toMatchObject({ state: 'SUCCEEDED', problem: null });
  const read = Object.fromEntries([...summary.models].map(([model, counts]) => [model, counts.read]));
  expect(read).toEqual({
    ats_users: 2,
    ats_jobs: 1,
    ats_job_postings: 1,
    ats_candidates: 1,
    ats_application_stages: 2,
    ats_applications: 1,
    ats_interviews: 1,
    ats_join_jobs_application_stages: 2,
    ats_join_jobs_users: 2,
    ats_join_interviews_users: 1,
  });
  expect((await stored())?.firstSyncedAt).toBe('2026-06-01T00:00:00.000Z');
  expect(await rows('ats_join_jobs_users')).toMatchObject([
    { remote_id: 'job-1/user-1', roles: ['RECRUITER', 'SOURCER'] },
    { remote_id: 'job-1/user-2', roles: ['SOURCER'] },
  ]);
});

test('each page is fetched once, however many models it feeds, with deleted records where a list knows them', async () => {
  const stub = await startStubGem(oneOfEach());
  stub.tellsTotal = true;
  const { sync } = await connect(stub);
  stub.requests.length = 0;
  await sync();
  const pages = stub.requests.map(({ url }) => `${url.pathname} ${url.searchParams.get('page')}`);
  const twice = pages.filter((page, place) => pages.indexOf(page) !== place);
  // Posts may leave their list, so that a page is looked at again after the next one.
  expect(twice).toEqual(['/ats/v0/job_posts/ 1']);
  const without = stub.requests.filter(({ url }) => url.searchParams.get('include_deleted') !== 'true');
  expect(new Set(without.map(({ url }) => url.pathname))).toEqual(new Set(['/ats/v0/job_posts/']));
  expect(stub.requests.every(({ headers }) => headers['x-application-secret'] === 'secret-secret')).toBe(
    true,
  );
});

test('a vendor that sends smaller pages than asked for is read to the end', async () => {
  const stub = await startStubGem({ listUsers: ['a', 'b', 'c', 'd', 'e'].map((id) => userRecord(id)) });
  stub.pageSize = 2;
  const { sync, rows } = await connect(stub);
  await sync();
  expect(await rows('ats_users')).toHaveLength(5);
});

test('a record that a list shows twice is one row, as it was shown last', async () => {
  const stub = await startStubGem({ listUsers: [userRecord('a'), userRecord('a', { first_name: 'Ada' })] });
  const { sync, rows } = await connect(stub);
  await sync();
  expect(await rows('ats_users')).toMatchObject([{ first_name: 'Ada' }]);
});

test('texts that a database refuses do not spoil their page', async () => {
  const stub = await startStubGem({
    listUsers: [userRecord('a', { first_name: 'A\0\uD800' }), userRecord('b')],
  });
  const { sync, rows } = await connect(stub);
  expect(await sync()).toMatchObject({ state: 'SUCCEEDED' });
  expect(await rows('ats_users')).toMatchObject([{ first_name: 'A\uFFFD' }, { first_name: 'Uma' }]);
});

describe('changed_at', () => {
  test('does not move in a sync that finds nothing new', async () => {
    const { sync, clock, changes } = await connect(await startStubGem(oneOfEach()));
    await sync();
    const before = await changes();
    clock.advance(60_000);
    const { models } = await sync();
    expect(await changes()).toEqual(before);
    expect([...models.values()].every(({ changed, gone }) => changed + gone === 0)).toBe(true);
    expect(Object.keys(before)).toHaveLength(14);
  });

  test('moves on the one row whose record changed', async () => {
    const stub = await startStubGem(oneOfEach());
    const { sync, clock, changes } = await connect(stub);
    await sync();
    const before = await changes();
    clock.advance(60_000);
    stub.lists.listUsers = [
      userRecord('user-1', { site_admin: true }),
      userRecord('user-2', { disabled: true }),
    ];
    await sync();
    const moved = '2026-06-01T00:01:00.000Z';
    expect(await changes()).toEqual({ ...before, 'ats_users user-2': moved });
  });

  test('moves on a job when its newest live posting changes, and not when another one does', async () => {
    const posts = [
      postRecord('old', 'job-1', { first_published_at: '2026-01-01T00:00:00.000Z' }),
      postRecord('new', 'job-1'),
    ];
    const stub = await startStubGem({ listJobs: [jobRecord('job-1')], listJobPosts: posts });
    const { sync, clock, rows } = await connect(stub);
    await sync();
    const address = 'https://jobs.gem.com/acme/new';
    expect(await rows('ats_jobs')).toMatchObject([{ description: '<p>new</p>', post_url: address }]);
    clock.advance(60_000);
    stub.lists.listJobPosts = [{ ...posts[0], content: 'other' }, posts[1]];
    await sync();
    expect(await rows('ats_jobs')).toMatchObject([{ changed_at: '2026-06-01T00:00:00.000Z' }]);
    stub.lists.listJobPosts = [
      { ...posts[0], content: 'other' },
      { ...posts[1], live: false },
    ];
    expect((await sync()).models.get('ats_jobs')).toEqual({ read: 1, changed: 1, gone: 0 });
    expect(await rows('ats_jobs')).toMatchObject([
      {
        description: 'other',
        post_url: 'https://jobs.gem.com/acme/old',
        changed_at: '2026-06-01T00:01:00.000Z',
      },
    ]);
  });
});

describe('what is gone', () => {
  test('is marked deleted when a full sync no longer meets it, and comes back when it does', async () => {
    const stub = await startStubGem({ listUsers: [userRecord('a'), userRecord('b')] });
    const { sync, clock, rows } = await connect(stub);
    await sync();
    clock.advance(60_000);
    stub.lists.listUsers = [userRecord('a')];
    const summary = await sync();
    const at = '2026-06-01T00:01:00.000Z';
    expect(summary.models.get('ats_users')).toEqual({ read: 1, changed: 0, gone: 1 });
    expect(await rows('ats_users')).toMatchObject([
      { remote_id: 'a', remote_deleted_at: null },
      { remote_id: 'b', remote_deleted_at: at, changed_at: at },
    ]);
    clock.advance(60_000);
    stub.lists.listUsers = [userRecord('a'), userRecord('b')];
    await sync();
    const back = { remote_id: 'b', remote_deleted_at: null, changed_at: '2026-06-01T00:02:00.000Z' };
    expect((await rows('ats_users'))[1]).toMatchObject(back);
  });

  test('takes its text along: a job without its posting has no description', async () => {
    const stub = await startStubGem({
      listJobs: [jobRecord('job-1')],
      listJobPosts: [postRecord('post-1', 'job-1'), postRecord('post-2', 'job-2')],
    });
    const { sync, rows } = await connect(stub);
    await sync();
    stub.lists.listJobPosts?.shift();
    await sync();
    expect(await rows('ats_jobs')).toMatchObject([{ description: null, post_url: null }]);
  });

  test('bears the time that Gem gives, where it sends the deleted record', async () => {
    const deleted_at = '2026-05-05T05:05:05.000Z';
    const stub = await startStubGem({ listJobStages: [stageRecord('stage-1', 'job-1', [], { deleted_at })] });
    const { sync, rows } = await connect(stub);
    await sync();
    expect(await rows('ats_application_stages')).toMatchObject([{ remote_deleted_at: deleted_at }]);
    expect(await rows('ats_join_jobs_application_stages')).toMatchObject([{ remote_deleted_at: deleted_at }]);
  });

  test('is who has left a hiring team', async () => {
    const team = { recruiters: [userLite('user-1'), userLite('user-2')] };
    const stub = await startStubGem({ listJobs: [jobRecord('job-1', { hiring_team: team })] });
    const { sync, rows } = await connect(stub);
    await sync();
    stub.lists.listJobs = [jobRecord('job-1', { hiring_team: { recruiters: [userLite('user-2')] } })];
    await sync();
    const at = '2026-06-01T00:00:00.000Z';
    expect(await rows('ats_join_jobs_users')).toMatchObject([
      { remote_deleted_at: at },
      { remote_deleted_at: null },
    ]);
  });
});

test('an interview is in the stage that holds its place, or else where its application stands', async () => {
  const stub = await startStubGem(oneOfEach());
  const { sync, rows } = await connect(stub);
  await sync();
  const [first, second] = await rows('ats_application_stages');
  expect(await rows('ats_interviews')).toMatchObject([{ stage_id: second?.id }]);
  stub.lists.listJobStages = [stageRecord('stage-1', 'job-1'), stageRecord('stage-2', 'job-1', ['item-9'])];
  const { models } = await sync();
  expect(await rows('ats_interviews')).toMatchObject([{ stage_id: first?.id }]);
  expect(models.get('ats_interviews')).toMatchObject({ changed: 1 });
});

test('what is filled from other rows stays empty where it is off, and only there', async () => {
  const { sync, rows, integration } = await connect(await startStubGem(oneOfEach()));
  await sync();
  const off = (part: string) => ({
    ...integration,
    scope: { settings: { [part]: 'DISABLED' as const }, optedOut: [] },
  });
  await sync({ integration: off('ats_jobs.description') });
  expect(await rows('ats_jobs')).toMatchObject([{ description: null, post_url: expect.any(String) }]);
  await sync({ integration: off('ats_jobs.post_url') });
  expect(await rows('ats_jobs')).toMatchObject([{ description: expect.any(String), post_url: null }]);
  const { models } = await sync({ integration: off('ats_interviews.stage_id') });
  expect(await rows('ats_interviews')).toMatchObject([{ stage_id: null }]);
  expect(models.get('ats_interviews')).toMatchObject({ changed: 0 });
});

describe('how far the reading has come is told', () => {
  /** What is told of each list that is asked for. */
  async function told({ sync }: Connected, more: Partial<RunSync>, lists: readonly string[]) {
    const all: SyncProgress[] = [];
    await sync({ ...more, onProgress: (progress) => all.push(progress) });
    return lists.map((list) =>
      all.filter(({ listing }) => listing === list).map(({ records, total, done }) => [records, total, done]),
    );
  }

  test('after each page, with the length where Gem tells it, and of a list that is off or fails, too', async () => {
    const people = ['a', 'b', 'c'];
    const stub = await startStubGem({
      ...oneOfEach(),
      listUsers: people.map((id) => userRecord(id)),
      listCandidates: people.map((id) => candidateRecord(id)),
    });
    Object.assign(stub, { pageSize: 2, tellsTotal: true });
    stub.intercept = ({ url }, response) =>
      /^\/ats\/v0\/(candidates\/.*[?&]page=2|scheduled_interviews\/)/.test(url ?? '') &&
      answer(response, 500, {});
    const connected = await connect(stub);
    const scope = { settings: { ats_job_postings: 'DISABLED' as const }, optedOut: [] };
    const integration = { ...connected.integration, scope };
    const lists = [
      'listUsers',
      'listJobPosts',
      'listCandidates',
      'listApplications',
      'listScheduledInterviews',
    ];
    expect(await told(connected, { integration }, lists)).toEqual([
      [
        [2, 3, false],
        [3, 3, false],
        [3, 3, true],
      ],
      [[0, null, true]],
      [
        [2, 3, false],
        [2, 3, true],
      ],
      [
        [1, 1, false],
        [1, 1, true],
      ],
      [[0, null, true]],
    ]);
    // Nothing of it is left to be read.
    const { rows: left } = await sql`
      select listing from sync_checkpoints as checkpoint join syncs on syncs.id = checkpoint.sync_id
      where integration_id = ${integration.id} and not is_finished
    `.execute(store().database);
    expect(left).toEqual([]);
  });

  test('of a list that is asked for in parts as a whole, whose length nobody tells', async () => {
    const stub = await startStubGem(oneOfEach());
    stub.tellsTotal = true;
    const connected = await connect(stub);
    const { id: integrationId } = connected.integration;
    const at = '2026-06-01T00:00:00.000Z';
    const ids = Array.from({ length: 41 }, (_, place) => `c${10 + place}`);
    for (const id of ids) {
      const created = { integrationId, applicationRemoteId: `of ${id}`, candidateRemoteId: id, at };
      await rememberCreated(store().database, created);
    }
    stub.intercept = ({ url }, response) => {
      const asked = new URL(url ?? '', stub.url).searchParams.get('candidate_ids');
      if (asked === null) return false;
      const found = asked.split(',').map((id) => candidateRecord(id));
      return answer(response, 200, found, { 'X-Pagination': `{"total":${found.length}}` });
    };
    const integration = { ...connected.integration, isCreatedOnly: true };
    expect(await told(connected, { integration }, ['listCandidates'])).toEqual([
      [
        [20, null, false],
        [20, null, false],
        [40, null, false],
        [40, null, false],
        [41, null, false],
        [41, null, true],
      ],
    ]);
    expect(await connected.rows('ats_candidates')).toHaveLength(41);
  });
});

test('a sync leaves out the parts that are off of records that are on, and tells what it took away', async () => {
  const stub = await startStubGem(oneOfEach());
  const { sync, rows, integration } = await connect(stub);
  await sync();
  const settings = { ats_join_jobs_users: 'DISABLED' as const };
  const { models } = await sync({
    integration: { ...integration, scope: { settings, optedOut: [] } },
  });
  expect(models.get('ats_join_jobs_users')).toMatchObject({ gone: 2 });
  const left = (await rows('ats_join_jobs_users')).filter((row) => row['remote_deleted_at'] === null);
  expect([(await rows('ats_jobs')).length, left.length]).toEqual([1, 0]);
});
