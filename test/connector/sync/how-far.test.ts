// How far a sync has come, and how each model stands.
import { describe, expect, test } from 'vitest';
import { howFar, modelStandings, type Standing } from '../../../connector/sync/how-far.ts';
import { listings } from '../../../connector/models/listings.ts';
import type { ListingProgress, Progress } from '../../../connector/store/queries/progress.ts';
import type { SyncReport } from '../../../connector/store/queries/syncs.ts';

const at = (second: number) => new Date(Date.UTC(2026, 5, 1, 0, 0, second)).toISOString();

/** A list of which so much was read, in a run that began at second 0. */
function list(records: number, more: Partial<ListingProgress> = {}): ListingProgress {
  return { records, isFinished: true, total: null, recordsBefore: 0, runBeganAt: at(0), at: at(10), ...more };
}

function sync(more: Partial<SyncReport> = {}): SyncReport {
  return {
    id: 'sync',
    integrationId: 'gem:1',
    type: 'FULL',
    state: 'RUNNING',
    startedAt: at(0),
    endedAt: null,
    problem: null,
    traceparent: null,
    progress: {},
    lists: null,
    departures: 0,
    rejectedCount: null,
    ...more,
  };
}

/** What a full sync read of every list. */
const before: Progress = Object.fromEntries(listings.map(({ operation }) => [operation, list(100)]));
const reading = { listUsers: list(50), listJobs: list(30, { isFinished: false, total: 90 }) };

describe('a sync', () => {
  test('reckons with the length of the list that it reads, and with the last full sync for those to come', () => {
    const others = (listings.length - 2) * 100;
    expect(howFar(sync({ progress: reading }), before)).toEqual({
      records: 80,
      expectedRecords: 50 + 90 + others,
      recordsPerSecond: 8,
      secondsLeft: Math.ceil((60 + others) / 8),
    });
  });

  test('does not say how long it takes where the lists to come are not known', () => {
    const far = howFar(sync({ progress: reading }), undefined);
    expect(far).toMatchObject({ records: 80, expectedRecords: null, recordsPerSecond: 8, secondsLeft: null });
  });

  test('does not say how much there is where one list tells nothing of itself, now and before', () => {
    const progress = { ...before, listJobs: list(30, { isFinished: false }) };
    expect(howFar(sync({ progress }), before).expectedRecords).toBeNull();
    expect(howFar(sync({ progress: reading }), {}).expectedRecords).toBeNull();
  });

  test('does not believe a list that says less than came', () => {
    const progress = { ...before, listJobs: list(95, { isFinished: false, total: 90 }) };
    expect(howFar(sync({ progress }), undefined)).toMatchObject({
      expectedRecords: (listings.length - 1) * 100 + 95,
      secondsLeft: 0,
    });
  });

  test('that was resumed is as fast as it is now', () => {
    const resumed = { runBeganAt: at(100), at: at(120), recordsBefore: 1000 };
    const progress = { listUsers: list(500), listJobs: list(1040, { ...resumed, isFinished: false }) };
    expect(howFar(sync({ progress }), before).recordsPerSecond).toBe(2);
    const again = { listJobs: progress.listJobs, listUsers: progress.listUsers };
    expect(howFar(sync({ progress: again }), before).recordsPerSecond).toBe(2);
  });

  test('is as fast as its lists together, to the latest of them', () => {
    const progress = {
      listUsers: list(50, { at: at(5) }),
      listJobs: list(50),
      listJobStages: list(20, { at: at(9) }),
    };
    expect(howFar(sync({ progress }), before).recordsPerSecond).toBe(12);
  });

  test('has the speed of the lists whose times are known', () => {
    const unknown = list(500);
    delete unknown.runBeganAt;
    expect(
      howFar(sync({ progress: { listUsers: list(50), listJobs: unknown } }), before).recordsPerSecond,
    ).toBe(5);
    expect(howFar(sync({ progress: { listJobs: unknown } }), before).recordsPerSecond).toBeNull();
  });

  test('has no speed where no time has passed, or nothing came', () => {
    const speedOf = (one: ListingProgress) =>
      howFar(sync({ progress: { listUsers: one } }), before).recordsPerSecond;
    expect([speedOf(list(50, { at: at(0) })), speedOf(list(0)), speedOf(list(0, { at: at(0) }))]).toEqual([
      null,
      null,
      null,
    ]);
  });

  test('has no time left once it is over, and no speed before anything came', () => {
    const ended = sync({ state: 'SUCCEEDED', endedAt: at(10), progress: before });
    expect(howFar(ended, undefined)).toMatchObject({ secondsLeft: null, expectedRecords: 700 });
    expect(howFar(sync(), before)).toMatchObject({ records: 0, recordsPerSecond: null, secondsLeft: null });
  });
});

describe('a model', () => {
  const whole = { isFinished: true, problem: null };
  const good = sync({
    state: 'SUCCEEDED',
    endedAt: at(9),
    progress: before,
    lists: Object.fromEntries(listings.map(({ operation }) => [operation, whole])),
  });
  const standing = (more: Partial<Standing>) => {
    const all = {
      state: 'ACTIVE' as const,
      syncs: [good],
      rejected: [],
      lastWhole: new Map(),
      off: new Set<string>(),
      ...more,
    };
    const found = modelStandings(all);
    const of = (name: string) => found.find((model) => model.name === name);
    return { users: of('ats_users'), jobs: of('ats_jobs'), all: found };
  };
  const withUsers = (users: { isFinished: boolean; problem: string | null }, records = 0) => ({
    ...good,
    state: 'PARTIALLY_FAILED' as const,
    lists: { ...good.lists, listUsers: users },
    progress: { ...before, listUsers: list(records) },
  });

  test('is synced after a good sync, as of its end', () => {
    const lastWhole = new Map([['listUsers', at(9)]]);
    expect(standing({ lastWhole }).users).toMatchObject({
      state: 'SYNCED',
      problem: null,
      lastSyncedAt: at(9),
    });
  });

  test('is pending before the first sync, and syncing until its list is read', () => {
    expect(standing({ syncs: [] }).users?.state).toBe('PENDING');
    const running = sync({ progress: { listUsers: list(9), listJobs: list(3, { isFinished: false }) } });
    expect(standing({ syncs: [running] }).users?.state).toBe('SYNCING');
    const { users, jobs } = standing({ syncs: [running, good] });
    expect([users?.state, jobs?.state]).toEqual(['SYNCED', 'SYNCING']);
  });

  test.each([
    [
      'a list that came in part',
      withUsers({ isFinished: true, problem: 'a hole' }, 4),
      'PARTIALLY_SYNCED',
      'a hole',
    ],
    ['a list that was left out', withUsers({ isFinished: true, problem: 'no list' }), 'FAILED', 'no list'],
    [
      'a sync that did not come to it',
      sync({ state: 'FAILED', endedAt: at(9), problem: 'down', lists: {} }),
      'FAILED',
      'down',
    ],
    ['a sync that did not say why', { ...good, lists: {} }, 'FAILED', 'the latest sync did not come to it'],
    [
      'a list of which nothing is known but what is wrong',
      { ...withUsers({ isFinished: true, problem: 'no list' }), progress: {} },
      'FAILED',
      'no list',
    ],
  ])('says of %s what is wrong, and goes by no cancelled sync', (_, ended, state, problem) => {
    const cancelled = sync({ state: 'CANCELLED', endedAt: at(10), lists: {} });
    expect(standing({ syncs: [cancelled, ended] }).users).toMatchObject({ state, problem });
  });

  test('lacks the records that could not be used', () => {
    const { users, jobs } = standing({ rejected: [{ listing: 'listUsers', count: 1 }] });
    expect(users).toMatchObject({ state: 'PARTIALLY_SYNCED', problem: '1 record could not be used' });
    expect(jobs?.state).toBe('SYNCED');
    const { users: more } = standing({ rejected: [{ listing: 'listUsers', count: 2 }] });
    expect(more?.problem).toBe('2 records could not be used');
  });

  test.each([
    ['INACTIVE', 'the integration is switched off'],
    ['INVALID', 'Gem has refused the key of the integration for days'],
  ] as const)('is paused while the integration is %s', (state, problem) => {
    const { all } = standing({ state });
    expect(new Set(all.map((model) => model.state))).toEqual(new Set(['PAUSED']));
    expect(new Set(all.map((model) => model.problem))).toEqual(new Set([problem]));
  });

  test('that is off is disabled, and no other', () => {
    const { users, jobs } = standing({ off: new Set(['ats_users', 'ats_jobs.name']) });
    expect([users?.state, jobs?.state]).toEqual(['DISABLED', 'SYNCED']);
  });

  test('of a sync that ended before this was noted is as its state says', () => {
    const stateAfter = (state: SyncReport['state']) =>
      standing({ syncs: [{ ...good, state, lists: null }] }).users?.state;
    expect([stateAfter('SUCCEEDED'), stateAfter('PARTIALLY_FAILED')]).toEqual(['SYNCED', 'SYNCED']);
    expect([stateAfter('FAILED'), stateAfter('TIMED_OUT')]).toEqual(['FAILED', 'FAILED']);
  });
});
