import { fc, test } from '@fast-check/vitest';
import { describe, expect, onTestFinished, vi } from 'vitest';
import {
  changesSince,
  credible,
  earlier,
  isAhead,
  typeToRun,
} from '../../../connector/sync/changes-since.ts';
import { byId, createdOnly } from '../../../connector/sync/created-only.ts';
import {
  outcomeOfSync,
  ShuttingDown,
  stateAfter,
  SyncCancelled,
  SyncTimedOut,
} from '../../../connector/sync/outcome.ts';
import { instruments } from '../../../connector/observe/instruments.ts';
import { Tally } from '../../../connector/sync/tally.ts';
import { whyLeftOut } from '../../../connector/sync/why-left-out.ts';
import { createGemClient } from '../../../connector/gem/client.ts';
import {
  GemForbids,
  GemLacksOperation,
  GemNotFound,
  GemRefusedKey,
  GemThrottled,
  GemUnavailable,
} from '../../../connector/gem/errors.ts';
import { missedOf, pageBeforeLoss } from '../../../connector/gem/pages.ts';
import { listings } from '../../../connector/models/listings.ts';
import { unread } from '../../../connector/store/queries/progress.ts';

const instant = fc
  .integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2035, 0, 1) })
  .map((time) => new Date(time).toISOString());

test.prop([instant])('a delta sync asks from before the moment that Gem named', (answeredAt) => {
  const since = changesSince([{ listing: 'listUsers', answeredAt, digest: null }], 'listUsers') ?? '';
  expect(Date.parse(since)).toBeLessThan(Date.parse(answeredAt));
  expect(changesSince([{ listing: 'listUsers', answeredAt, digest: null }], 'listJobs')).toBeUndefined();
});

test('a delta sync reads a quarter of an hour twice, and all of a list that was answered without a moment', () => {
  const at = { listing: 'listUsers', answeredAt: '2026-01-01T00:15:00.000Z', digest: null } as const;
  expect(changesSince([at], 'listUsers')).toBe('2026-01-01T00:00:00.000Z');
  expect(changesSince([{ ...at, answeredAt: null }], 'listUsers')).toBeUndefined();
});

test('of two moments the earlier counts, and none where the first is not known', () => {
  const [early, late] = ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.001Z'];
  expect([earlier(early, late), earlier(late, early)]).toEqual([early, early]);
  // The same moment in another spelling takes no one's place.
  expect(earlier(early, '2026-01-01T01:00:00.000+01:00')).toBe(early);
  expect([earlier(late, null), earlier(null, early)]).toEqual([late, null]);
});

test("Gem's clock is believed up to ten years ahead of ours", () => {
  const now = Date.parse('2026-01-01T00:00:00.000Z');
  const tenYears = 10 * 365 * 24 * 3_600_000;
  const at = (time: number) => new Date(time).toISOString();
  expect(credible(at(now + tenYears), now)).toBe(at(now + tenYears));
  expect(credible(at(now + tenYears + 1), now)).toBeNull();
  expect(credible(null, now)).toBeNull();
});

test('a list was asked for changes since a moment that is yet to come only where the answer says so', () => {
  const [early, late] = ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.001Z'];
  expect(isAhead(late, early)).toBe(true);
  expect([isAhead(early, early), isAhead(early, late)]).toEqual([false, false]);
  expect([isAhead(null, early), isAhead(late, null), isAhead(null, null)]).toEqual([false, false, false]);
});

test('a lookup alone is no good sync to go on from, and neither is data of other settings', () => {
  const lookup = { listing: 'listOffices', answeredAt: null, digest: 'x' } as const;
  expect(typeToRun('DELTA', [lookup], null)).toBe('FULL');
  const list = { listing: 'listUsers', answeredAt: '2026-01-01T00:00:00.000Z', digest: null } as const;
  expect(typeToRun('DELTA', [lookup, list], null)).toBe('DELTA');
  expect(typeToRun('FULL', [lookup, list], null)).toBe('FULL');
  expect(typeToRun('DELTA', [lookup, list], '2026-01-02T00:00:00.000Z')).toBe('FULL');
});

test.prop([fc.uniqueArray(fc.uuid(), { maxLength: 1200 })])(
  'candidates are asked for each once, twenty at a time, or all are read when they are many',
  (ids) => {
    const created = ids.map((id) => ({
      applicationRemoteId: `of ${id}`,
      candidateRemoteId: id,
      at: '2026-01-01T00:00:00.000Z',
    }));
    const queries = createdOnly(created).queries('listCandidates') ?? [];
    const named = queries.flatMap(({ candidate_ids = '' }) => candidate_ids.split(',').filter(Boolean));
    if (ids.length > 500) expect(queries).toEqual([{}]);
    else expect(named.toSorted()).toEqual(ids.toSorted());
    for (const { candidate_ids = '' } of queries) expect(candidate_ids.split(',').length).toBeLessThan(21);
    expect(createdOnly(created).queries('listJobs')).toBeUndefined();
  },
);

test('up to five hundred candidates are asked for by their ids, the smaller ids first', () => {
  const created = (count: number) =>
    Array.from({ length: count }, (_, place) => ({
      applicationRemoteId: `of ${place}`,
      candidateRemoteId: `c${999 - place}`,
      at: '2026-01-02T00:00:00.000Z',
    }));
  const queries = createdOnly(created(500)).queries('listCandidates') ?? [];
  expect(queries).toHaveLength(25);
  expect(queries[0]).toEqual({ candidate_ids: expect.stringMatching(/^c500,c501,(c\d+,){17}c519$/) });
  expect(queries.at(-1)).toEqual({ candidate_ids: expect.stringMatching(/^c980,c981,(c\d+,){17}c999$/) });
  expect(createdOnly(created(501)).queries('listCandidates')).toEqual([{}]);
  expect(byId([])).toEqual([]);
});

test('of applications and interviews those are read that are as young as the first created one, less a day', () => {
  const at = (day: number) => ({
    applicationRemoteId: `a${day}`,
    candidateRemoteId: `c${day}`,
    at: `2026-01-0${day}T00:00:00.000Z`,
  });
  const mode = createdOnly([at(2), at(3)]);
  const young = [{ created_after: '2026-01-01T00:00:00.000Z' }];
  expect([mode.queries('listApplications'), mode.queries('listScheduledInterviews')]).toEqual([young, young]);
  expect(createdOnly([]).queries('listApplications')).toEqual([]);
  expect(createdOnly([]).queries('listCandidates')).toEqual([]);
  expect([mode.ids('listApplications'), mode.ids('listCandidates')]).toEqual([
    ['a2', 'a3'],
    ['c2', 'c3'],
  ]);
  expect([mode.ids('listScheduledInterviews'), mode.ids('listJobs')]).toEqual([[], undefined]);
});

test('a record counts when it is of a created application, and every one of the other lists does', () => {
  const { counts } = createdOnly([{ applicationRemoteId: 'a', candidateRemoteId: 'c', at: '2026-01-02' }]);
  expect(counts('listApplications', { id: 'a' })).toBe(true);
  expect(counts('listApplications', { id: 'c' })).toBe(false);
  expect(counts('listCandidates', { id: 'c' })).toBe(true);
  expect(counts('listScheduledInterviews', { id: 'i', application_id: 'a' })).toBe(true);
  expect(counts('listScheduledInterviews', { id: 'a' })).toBe(false);
  for (const odd of [null, 'a', undefined, {}]) expect(counts('listApplications', odd)).toBe(false);
  expect(counts('listJobs', { id: 'another' })).toBe(true);
});

test.prop([fc.nat({ max: 40 }), fc.integer({ min: 1, max: 5 }), fc.nat({ max: 40 }), fc.nat()])(
  'going back as far as records can have moved up meets everyone who was skipped',
  (length, size, vanish, at) => {
    const list = Array.from({ length }, (_, place) => place);
    const next = 1 + (at % (Math.ceil(length / size) + 1));
    const read = new Set(list.slice(0, (next - 1) * size));
    const left = list.slice(Math.min(vanish, length));
    const records = left.slice((next - 1) * size, next * size);
    const back = pageBeforeLoss({ number: next, records, total: left.length }, length, size) ?? next;
    for (const record of left.slice((back - 1) * size)) read.add(record);
    expect(left.filter((record) => !read.has(record))).toEqual([]);
  },
);

test('what was missed on a page is told by ids, so that a changed record is not', () => {
  const before = { records: [{ id: 'a', name: 'old' }, 'odd', { id: 'b' }] };
  const again = { records: [{ id: 'a', name: 'new' }, 'odd', { id: 'c' }, 'other'] };
  expect(missedOf(before, again)).toEqual([{ id: 'c' }, 'other']);
});

test('a sync that left every list out brought nothing, however well the lookups went', () => {
  const left = listings.map(({ operation }) =>
    Object.assign({ listing: operation }, unread, { problem: 'gone' }),
  );
  expect(outcomeOfSync(left, []).state).toBe('FAILED');
  expect(outcomeOfSync(left.slice(1), []).state).toBe('PARTIALLY_FAILED');
  expect(outcomeOfSync([{ ...unread, listing: 'listOffices', problem: 'gone' }], [])).toEqual({
    state: 'SUCCEEDED',
    problem: 'lists that were left out: /offices/ (gone)',
  });
  expect(outcomeOfSync([], [])).toEqual({ state: 'SUCCEEDED', problem: null });
});

test('a sync that brought all but some records, or some lists, says which', () => {
  const left = [{ ...unread, listing: 'listUsers', problem: 'gone' } as const];
  const rejected = [{ listing: 'listJobs', count: 2, unidentified: 0 } as const];
  expect(outcomeOfSync([], rejected)).toEqual({
    state: 'PARTIALLY_FAILED',
    problem: 'records that could not be used: 2 of /jobs/',
  });
  const two = [...rejected, { listing: 'listUsers', count: 1, unidentified: 0 } as const];
  expect(outcomeOfSync([{ ...unread, listing: 'listJobs' }, ...left], two)).toEqual({
    state: 'PARTIALLY_FAILED',
    problem:
      'lists that were left out: /users/ (gone); records that could not be used: 2 of /jobs/, 1 of /users/',
  });
});

test('a sync that was told to stop ends, unless its process does', () => {
  expect(stateAfter(new SyncCancelled())).toBe('CANCELLED');
  expect(stateAfter(new SyncTimedOut())).toBe('TIMED_OUT');
  for (const reason of [new ShuttingDown(), new Error('killed'), undefined]) {
    expect(stateAfter(reason)).toBe('RUNNING');
  }
  const own = new SyncCancelled('of its own');
  expect([own, new SyncCancelled(), new SyncTimedOut(), new ShuttingDown()].map(String)).toEqual([
    'SyncCancelled: of its own',
    'SyncCancelled: the sync was cancelled',
    'SyncTimedOut: the sync took too long',
    'ShuttingDown: the connector is shutting down',
  ]);
});

test('a sync counts what it read, changed and lost of each model, and includes what its parts counted', () => {
  const [part, whole] = [new Tally(), new Tally()];
  const rows = ['a', 'b', 'c'].map((id) => ({ id, remote_id: id, remote_deleted_at: null }));
  part.add(new Map([['ats_jobs', rows]]), new Map([['ats_jobs', 2]]));
  part.addGone('ats_users', 3);
  const measured = vi.spyOn(instruments.rowsChanged, 'add').mockClear();
  onTestFinished(() => measured.mockRestore());
  whole.include(part);
  expect(measured.mock.calls.filter(([count]) => count !== 0)).toEqual([
    [3, { model: 'ats_users', change: 'gone' }],
    [2, { model: 'ats_jobs', change: 'changed' }],
  ]);
  whole.include(part);
  expect(whole.counts.get('ats_jobs')).toEqual({ read: 6, changed: 4, gone: 0 });
  expect(whole.counts.get('ats_users')).toEqual({ read: 0, changed: 0, gone: 6 });
  expect(whole.counts.get('ats_candidates')).toEqual({ read: 0, changed: 0, gone: 0 });
  expect(whole.changedModels().toSorted()).toEqual(['ats_jobs', 'ats_users']);
});

describe('a list that cannot be read', () => {
  const failed = new GemUnavailable('listJobs', 'Gem failed with status 500');

  /** A Gem of which one list is answered, or none. */
  function readingOf(
    answered: string | undefined,
    { hasRead = false, signal }: { hasRead?: boolean; signal?: AbortSignal } = {},
  ) {
    const asked: { operation: string; options: object; signal?: AbortSignal | undefined; isLate: boolean }[] =
      [];
    const client = createGemClient({ url: 'http://127.0.0.1:1', apiKey: 'key' });
    const ask: typeof client.ask = async (operation, options, until) => {
      asked.push({ operation, options, signal: until, isLate: until?.aborted === true });
      if (operation !== answered) throw failed;
      return { body: [], headers: new Headers() };
    };
    const found = { hasRead, candidatesProblem: null };
    return { reading: { gem: { ...client, ask }, found, signal }, asked };
  }

  test('is left out for the reason that it gives, where that is its own', async () => {
    const { reading, asked } = readingOf(undefined, { hasRead: true });
    const why = (error: unknown) => whyLeftOut(reading, 'listJobs', error);
    expect(await why(new GemNotFound('listJobs', 'no record'))).toBe('Gem has no such list');
    expect(await why(new GemLacksOperation('listJobs', 'not at all'))).toBe('not at all');
    expect(await why(new GemForbids('listJobs', 'not permitted'))).toBe('not permitted');
    await expect(why(new Error('a defect'))).rejects.toThrow('a defect');
    expect(asked).toEqual([]);
  });

  test.each([
    [failed, 'Gem failed with status 500'],
    [new GemThrottled('listJobs', 'throttled'), 'throttled'],
    [new GemForbids('listJobs', 'not permitted'), 'not permitted'],
    [
      new GemRefusedKey('listJobs', 'refused', { status: 403 }),
      "Gem's gateway does not let the key through to this list",
    ],
  ])('is left out where another one answers: %s', async (error, reason) => {
    const { reading, asked } = readingOf('listUsers');
    expect(await whyLeftOut(reading, 'listJobs', error)).toBe(reason);
    const others = listings.map(({ operation }) => operation).filter((name) => name !== 'listJobs');
    expect(asked.map(({ operation }) => operation)).toEqual(others);
    for (const { options, signal, isLate } of asked) {
      expect([options, isLate]).toEqual([{ query: { page: 1, per_page: 1 }, retries: 0 }, false]);
      expect(signal?.aborted).toBe(true);
    }
  });

  test('ends the sync where no other one answers, and at once where the key is not known', async () => {
    const { reading, asked } = readingOf(undefined);
    await expect(whyLeftOut(reading, 'listJobs', failed)).rejects.toBe(failed);
    const forbidden = new GemForbids('listJobs', 'not permitted');
    const refused = { name: 'GemRefusedKey', message: 'not permitted', cause: forbidden };
    await expect(whyLeftOut(reading, 'listJobs', forbidden)).rejects.toMatchObject(refused);
    asked.length = 0;
    const unknown = new GemRefusedKey('listJobs', 'refused', { status: 401 });
    await expect(whyLeftOut(readingOf('listUsers').reading, 'listJobs', unknown)).rejects.toBe(unknown);
    expect(asked).toEqual([]);
  });

  test('ends a sync that is to stop with the reason to stop', async () => {
    const reason = new SyncCancelled();
    const { reading, asked } = readingOf(undefined, { signal: AbortSignal.abort(reason) });
    await expect(whyLeftOut(reading, 'listJobs', failed)).rejects.toBe(reason);
    expect(asked.every(({ isLate }) => isLate)).toBe(true);
  });
});
