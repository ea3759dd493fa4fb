// What a full sync concludes from what a list does not show.
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { ListingName } from '../../../connector/models/listings.ts';
import { unread } from '../../../connector/store/queries/progress.ts';
import { saveRejected } from '../../../connector/store/queries/rejected.ts';
import { provingLists } from '../../../connector/sync/losses.ts';
import { useStore, type Connected } from '../../support/connected.ts';
import { candidateRecord, oneOfEach, postRecord, userRecord } from '../../support/gem-records.ts';
import { answer, startStubGem, type StubGem } from '../../support/stub-gem.ts';

const { store, connect } = useStore();

const people = Array.from({ length: 30 }, (_, place) => candidateRecord(`c${place}`));

type Items = 'served' | 'unknown' | 'silent' | 'failing';

/** An account of thirty candidates that was synced well; what single candidates are answered with can be chosen. */
async function startWithPeople(): Promise<{ stub: StubGem; items: { are: Items } } & Connected> {
  const stub = await startStubGem({ ...oneOfEach(), listCandidates: people });
  const items: { are: Items } = { are: 'unknown' };
  stub.intercept = (request, response) => {
    const id = /^\/ats\/v0\/candidates\/([^/?]+)/.exec(request.url ?? '')?.[1];
    if (id === undefined || items.are === 'silent') return false;
    if (items.are === 'failing') return answer(response, 500, {});
    // Only a job post is gone that is not active.
    return items.are === 'served'
      ? answer(response, 200, { ...candidateRecord(id), active: false })
      : answer(response, 404, { code: 404, status: 'Not Found' });
  };
  const connected = await connect(stub);
  await connected.sync();
  return { stub, items, ...connected };
}

async function left({ rows }: Pick<Connected, 'rows'>): Promise<number> {
  return (await rows('ats_candidates')).filter((row) => row['remote_deleted_at'] === null).length;
}

describe('a list that suddenly is empty', () => {
  test('takes nobody away whom Gem still gives by the id', async () => {
    const account = await startWithPeople();
    account.stub.lists.listCandidates = [];
    account.items.are = 'served';
    for (let times = 0; times < 3; times += 1) {
      expect(await account.sync()).toMatchObject({
        state: 'PARTIALLY_FAILED',
        problem: expect.stringContaining(
          '/candidates/ (Gem has 20 or more records that it does not show there)',
        ),
      });
    }
    expect(await left(account)).toBe(30);
  });

  test('is believed at once where Gem knows none of its records any more', async () => {
    const account = await startWithPeople();
    account.stub.lists.listCandidates = [];
    expect(await account.sync()).toMatchObject({ state: 'SUCCEEDED', problem: null });
    expect(await left(account)).toBe(0);
  });

  test.each([
    ['tells nothing of', 'silent'],
    ['fails to give', 'failing'],
  ] as const)(
    'is believed when the next full sync finds the same, where Gem %s single records',
    async (_, items) => {
      const account = await startWithPeople();
      account.stub.lists.listCandidates = [];
      account.items.are = items;
      const problem = expect.stringContaining('30 of 30 records were missing');
      expect(await account.sync()).toMatchObject({ state: 'PARTIALLY_FAILED', problem });
      expect(await left(account)).toBe(30);
      await account.sync({ type: 'DELTA' });
      expect(await left(account)).toBe(30);
      expect(await account.sync()).toMatchObject({ state: 'SUCCEEDED', problem: null });
      expect(await left(account)).toBe(0);
    },
  );

  test('and is whole again the next time was a mishap that leaves no trace', async () => {
    const account = await startWithPeople();
    account.items.are = 'silent';
    for (let times = 0; times < 2; times += 1) {
      account.stub.lists.listCandidates = [];
      await account.sync();
      expect(await left(account)).toBe(30);
      account.stub.lists.listCandidates = people;
      expect(await account.sync()).toMatchObject({ state: 'SUCCEEDED' });
    }
    expect(await left(account)).toBe(30);
  });

  test('of three, is doubted too where it says nothing of its length, and believed where it says 0', async () => {
    const stub = await startStubGem({ listUsers: ['a', 'b', 'c'].map((id) => userRecord(id)) });
    const { sync, rows } = await connect(stub);
    // Lists that were always empty have lost nothing.
    expect(await sync()).toMatchObject({ state: 'SUCCEEDED' });
    stub.lists.listUsers = [];
    expect(await sync()).toMatchObject({ state: 'PARTIALLY_FAILED' });
    stub.lists.listUsers = ['a', 'b', 'c'].map((id) => userRecord(id));
    await sync();
    stub.lists.listUsers = [];
    stub.tellsTotal = true;
    expect(await sync()).toMatchObject({ state: 'SUCCEEDED' });
    expect((await rows('ats_users')).every((row) => row['remote_deleted_at'] !== null)).toBe(true);
  });
});

describe('a loss from a list whose single records prove nothing', () => {
  test.each([
    { known: 40, lost: 11, isDoubted: true },
    { known: 40, lost: 10, isDoubted: false },
    { known: 44, lost: 11, isDoubted: false },
    { known: 15, lost: 10, isDoubted: false },
    { known: 12, lost: 11, isDoubted: true },
  ])('of $lost of $known is doubted: $isDoubted', async ({ known, lost, isDoubted }) => {
    const users = Array.from({ length: known }, (_, place) => userRecord(`u${place}`));
    const stub = await startStubGem({ listUsers: users });
    const { sync, rows } = await connect(stub);
    await sync();
    stub.lists.listUsers = users.slice(lost);
    stub.intercept = (request, response) =>
      /\/users\/u/.test(request.url ?? '') && answer(response, 404, { code: 404, status: 'Not Found' });
    stub.requests.length = 0;
    expect((await sync()).state).toBe(isDoubted ? 'PARTIALLY_FAILED' : 'SUCCEEDED');
    const gone = (await rows('ats_users')).filter((row) => row['remote_deleted_at'] !== null);
    expect(gone).toHaveLength(isDoubted ? 0 : lost);
    // More would not prove more.
    expect(stub.requests.filter(({ url }) => /\/users\/u/.test(url.pathname))).toHaveLength(3);
  });
});

test('a defect that shows while a loss is looked into is not taken for an answer of Gem', async () => {
  const account = await startWithPeople();
  account.stub.lists.listCandidates = [];
  const gem: typeof account.gem = {
    ...account.gem,
    ask: (operation, call, signal) => {
      if (operation === 'getCandidate') throw new TypeError('a defect');
      return account.gem.ask(operation, call, signal);
    },
  };
  await expect(account.sync({ gem })).rejects.toThrow('a defect');
  expect(await left(account)).toBe(30);
});

test('of few that are missing each is asked for: who is there stays, who is unknown is gone', async () => {
  const account = await startWithPeople();
  const { stub, items, sync, rows } = account;
  stub.lists.listCandidates = people.slice(2);
  const serve = stub.intercept;
  items.are = 'served';
  stub.intercept = (request, response) =>
    request.url?.includes('/candidates/c0') === true
      ? answer(response, 404, { code: 404, status: 'Not Found' })
      : serve(request, response);
  expect(await sync()).toMatchObject({ state: 'PARTIALLY_FAILED' });
  const gone = (await rows('ats_candidates')).filter((row) => row['remote_deleted_at'] !== null);
  expect(gone.map(({ remote_id }) => remote_id)).toEqual(['c0']);
});

test('a job post that is missing is gone where Gem knows it no longer, or as one that is not active', async () => {
  const posts = ['there', 'closed', 'unknown'].map((id) => postRecord(id, 'job-1'));
  const stub = await startStubGem({ ...oneOfEach(), listJobPosts: posts });
  const { sync, rows } = await connect(stub);
  await sync();
  stub.intercept = (request, response) => {
    const id = /^\/ats\/v0\/job_posts\/([^/?]+)/.exec(request.url ?? '')?.[1];
    if (id === undefined) return false;
    return id === 'unknown'
      ? answer(response, 404, { code: 404, status: 'Not Found' })
      : answer(response, 200, postRecord(id, 'job-1', { active: id !== 'closed' }));
  };
  const left = async () =>
    (await rows('ats_job_postings')).filter((row) => row['remote_deleted_at'] === null);
  stub.lists.listJobPosts = posts.slice(0, 2);
  expect(await sync()).toMatchObject({ state: 'SUCCEEDED' });
  expect((await left()).map(({ remote_id }) => remote_id)).toEqual(['closed', 'there']);
  stub.lists.listJobPosts = posts.slice(0, 1);
  expect(await sync()).toMatchObject({ state: 'SUCCEEDED' });
  expect((await left()).map(({ remote_id }) => remote_id)).toEqual(['there']);
  stub.lists.listJobPosts = [];
  expect((await sync()).problem).toContain(
    '/job_posts/ (Gem has 1 or more records that it does not show there)',
  );
  expect(await left()).toHaveLength(1);
});

test('a list proves losses unless it was not read whole, has a problem, or holds a record that nobody can name', async () => {
  const { integration } = await connect(await startStubGem());
  const { id: integrationId } = integration;
  const { database } = store();
  const rejected = (remoteId: string | null) => [{ remoteId, reason: 'odd', record: { id: remoteId } }];
  const at = '2026-06-01T00:00:00.000Z';
  await saveRejected(database, { integrationId, listing: 'listUsers', rejected: rejected(null), at });
  await saveRejected(database, { integrationId, listing: 'listJobs', rejected: rejected('named'), at });
  const read = (listing: ListingName, more = {}) => ({ ...unread, listing, isFinished: true, ...more });
  const shown = (records: number, most: number) => ({
    records,
    total: { last: records, least: records, most },
    isSteady: true,
    hole: null,
  });
  const checkpoints = [
    read('listUsers'),
    read('listJobs'),
    read('listCandidates', { isFinished: false }),
    read('listApplications', { problem: 'Gem failed' }),
    // It got shorter while it was read, or it did not.
    read('listJobStages', { shown: shown(1, 3) }),
    read('listScheduledInterviews', { shown: shown(3, 3) }),
  ];
  expect(await provingLists(database, { integrationId, checkpoints })).toEqual([
    'listJobs',
    'listScheduledInterviews',
  ]);
});

describe('a list that shows fewer than it announces', () => {
  test('takes nobody away, says so, and is read again from where it stood', async () => {
    const account = await startWithPeople();
    const { stub, sync } = account;
    const short = (request: { url?: string | undefined }, response: Parameters<StubGem['intercept']>[1]) => {
      const target = new URL(request.url ?? '', 'http://stub');
      if (target.pathname !== '/ats/v0/candidates/') return false;
      const rows = target.searchParams.get('page') === '1' ? people.slice(0, 10) : [];
      return answer(response, 200, rows, { 'X-Pagination': '{"total":30}' });
    };
    stub.intercept = short;
    expect(await sync()).toMatchObject({
      state: 'PARTIALLY_FAILED',
      problem: 'lists that were left out: /candidates/ (Gem shows 10 of 30 records)',
    });
    expect(await left(account)).toBe(30);
    stub.intercept = () => false;
    stub.requests.length = 0;
    expect(await sync({ type: 'DELTA' })).toMatchObject({ type: 'DELTA', state: 'SUCCEEDED' });
    const asked = stub.requests.find(({ url }) => url.pathname === '/ats/v0/candidates/');
    expect(asked?.url.searchParams.has('updated_after')).toBe(false);
  });
});

describe('one list that fails for days', () => {
  test('keeps the first sync from nothing else, and the integration valid', async () => {
    const stub = await startStubGem(oneOfEach());
    stub.intercept = (request, response) =>
      request.url?.includes('/scheduled_interviews/') === true && answer(response, 500, {});
    const { sync, stored, rows, integration, clock } = await connect(stub);
    for (let day = 0; day < 4; day += 1) {
      expect(await sync()).toMatchObject({
        state: 'PARTIALLY_FAILED',
        problem: 'lists that were left out: /scheduled_interviews/ (Gem failed with status 500)',
      });
      clock.advance(24 * 3_600_000);
    }
    expect((await stored())?.firstSyncedAt).not.toBeNull();
    expect(await rows('ats_jobs')).toMatchObject([{ description: expect.any(String) }]);
    const { rows: watermarks } = await sql<{ listing: string }>`
      select listing from sync_watermarks where integration_id = ${integration.id}
    `.execute(store().database);
    const read = watermarks.map(({ listing }) => listing);
    expect(read).toContain('listCandidates');
    expect(read).not.toContain('listScheduledInterviews');
  });

  test('that is the one of the candidates has the applications read again once it is back', async () => {
    const stub = await startStubGem(oneOfEach());
    const { sync } = await connect(stub);
    await sync();
    stub.intercept = (request, response) =>
      request.url?.includes('/candidates/') === true && answer(response, 500, {});
    const failed = await sync({ type: 'DELTA' });
    expect(failed).toMatchObject({ type: 'DELTA', state: 'PARTIALLY_FAILED' });
    expect(failed.problem).toContain('/applications/ (their candidates could not be read: Gem failed with');
    // Asked for three times, and not again by the ids of the applications.
    expect(stub.requests.filter(({ url }) => url.searchParams.has('candidate_ids'))).toEqual([]);
  });
});

describe('the clock of Gem', () => {
  /** Lets answers bear a date. */
  const dated = (stub: StubGem, date: string) => {
    stub.intercept = (_, response) => {
      response.setHeader('Date', new Date(date).toUTCString());
      return false;
    };
  };
  const usersAsked = (stub: StubGem) =>
    stub.requests
      .filter(({ url }) => url.pathname === '/ats/v0/users/')
      .map(({ url }) => url.searchParams.get('updated_after'));

  test('may run ten minutes before the one that notes changes', async () => {
    const stub = await startStubGem(oneOfEach());
    dated(stub, '2026-06-01T12:10:00Z');
    const { sync } = await connect(stub);
    await sync();
    stub.requests.length = 0;
    await sync({ type: 'DELTA' });
    const [since] = usersAsked(stub);
    // A change right after the sync bears this moment.
    expect(Date.parse(since ?? '')).toBeLessThan(Date.parse('2026-06-01T12:00:00Z'));
  });

  test('that is years ahead is not believed: the lists are read whole', async () => {
    const stub = await startStubGem(oneOfEach());
    // So that each list has a single page.
    stub.tellsTotal = true;
    dated(stub, '2099-06-01T12:00:00Z');
    const { sync } = await connect(stub);
    await sync();
    stub.requests.length = 0;
    await sync({ type: 'DELTA' });
    expect(new Set(usersAsked(stub))).toEqual(new Set([null]));
  });

  test('that was ahead for a while is found out by the next answer', async () => {
    const stub = await startStubGem(oneOfEach());
    dated(stub, '2026-09-01T12:00:00Z');
    const { sync, rows } = await connect(stub);
    await sync();
    dated(stub, '2026-06-01T12:00:00Z');
    stub.requests.length = 0;
    stub.lists.listUsers = [userRecord('new')];
    await sync({ type: 'DELTA' });
    expect(usersAsked(stub)).toContain(null);
    expect(await rows('ats_users')).toHaveLength(3);
  });
});
