import { expect, test } from 'vitest';
import { listings } from '../../../connector/models/listings.ts';
import { saveProgress } from '../../../connector/store/queries/progress.ts';
import { noteDrift } from '../../../connector/store/queries/drift.ts';
import { beginSync, endSync, queueSync } from '../../../connector/store/queries/syncs.ts';
import { startApi } from '../api/support/api.ts';

test('the latest syncs are listed, the newest first, with how far they have come', async () => {
  const { integrationId, database, get } = await startApi();
  const first = { integrationId, type: 'FULL' as const, startedAt: '2026-06-01T00:00:00.000Z' };
  const { sync } = await beginSync(database, first);
  await saveProgress(database, {
    syncId: sync.id,
    progress: {
      listCandidates: { records: 40, isFinished: false },
      listUsers: { records: 2, isFinished: true },
    },
  });
  const running = {
    id: sync.id,
    type: 'FULL',
    state: 'RUNNING',
    started_at: '2026-06-01T00:00:00.000Z',
    ended_at: null,
    problem: null,
    rejected_records: null,
    departures: 0,
    records: 42,
    expected_records: null,
    records_per_second: null,
    seconds_left: null,
    progress: [
      { listing: 'listUsers', records: 2, total: null, is_finished: true, problem: null },
      { listing: 'listCandidates', records: 40, total: null, is_finished: false, problem: null },
    ],
  };
  const path = `/v1/integrations/${integrationId}/syncs`;
  expect((await get(path)).data.results).toEqual([running]);

  const endedAt = '2026-06-01T00:01:00.000Z';
  await endSync(database, { id: sync.id, state: 'PARTIALLY_FAILED', endedAt, problem: 'some' });
  const at = '2026-06-01T00:02:00.000Z';
  const { sync: queued } = await queueSync(database, { integrationId, type: 'DELTA', at });
  const waiting = { id: queued.id, type: 'DELTA', state: 'QUEUED', started_at: null, progress: [] };
  expect((await get(path)).data.results).toMatchObject([
    waiting,
    { id: sync.id, state: 'PARTIALLY_FAILED', ended_at: endedAt, problem: 'some', rejected_records: 0 },
  ]);
});

test.each(['SUCCEEDED', 'PARTIALLY_FAILED'] as const)(
  'what a full sync has still to read is reckoned from the last full one that was %s',
  async (good) => {
    const { integrationId, database, get } = await startApi();
    const run = async (
      type: 'FULL' | 'DELTA',
      minute: number,
      records: number,
      state?: 'FAILED' | typeof good,
    ) => {
      const startedAt = `2026-06-01T00:0${minute}:00.000Z`;
      const { sync } = await beginSync(database, { integrationId, type, startedAt });
      const ofEach = state === undefined ? { listUsers: { records, isFinished: true } } : everyList(records);
      await saveProgress(database, { syncId: sync.id, progress: ofEach });
      const ended = { id: sync.id, endedAt: startedAt, problem: null };
      if (state !== undefined) await endSync(database, { ...ended, state });
      return async () => {
        const { data } = await get(`/v1/integrations/${integrationId}/syncs`);
        return data.results.find(({ id }) => id === sync.id)?.['expected_records'];
      };
    };
    const everyList = (records: number) =>
      Object.fromEntries(listings.map(({ operation }) => [operation, { records, isFinished: true }]));
    const others = listings.length - 1;
    await run('FULL', 1, 10, good);
    await run('FULL', 2, 20, 'FAILED');
    await run('DELTA', 3, 30, good);
    const full = await run('FULL', 4, 7);
    const delta = await run('DELTA', 5, 7);
    expect(await full()).toBe(7 + 10 * others);
    // Nobody knows what has changed.
    expect(await delta()).toBeNull();
  },
);

test('what departed from the description is told beside them, the most frequent first, and never a value', async () => {
  const { integrationId, database, get } = await startApi();
  const path = `/v1/integrations/${integrationId}/syncs`;
  const { data } = await get(path);
  expect(data).toMatchObject({ results: [], drift: [] });
  const models = data['models'] as { state: string }[];
  expect(new Set(models.map(({ state }) => state))).toEqual(new Set(['PENDING']));
  const [first, last] = ['2026-06-01T00:00:00.000Z', '2026-06-02T00:00:00.000Z'];
  const disabled = { path: 'disabled', kind: 'other-form' as const };
  const nickname = { path: 'nickname', kind: 'unknown-field' as const };
  const users = { integrationId, listing: 'listUsers' as const };
  const counts = [
    { ...disabled, count: 2 },
    { ...nickname, count: 3 },
  ];
  await noteDrift(database, { ...users, at: first, counts });
  await noteDrift(database, { ...users, at: last, counts: [{ ...disabled, count: 2 }] });
  const drift = [
    { listing: 'listUsers', ...disabled, count: 4, first_seen_at: first, last_seen_at: last },
    { listing: 'listUsers', ...nickname, count: 3, first_seen_at: first, last_seen_at: first },
  ];
  expect((await get(path)).data['drift']).toEqual(drift);
  const all = `/v1/integrations/${integrationId}/schema-drift`;
  expect((await get(all)).data.results).toEqual(drift);
  expect((await get(`${all}?sync_id=none`)).data.results).toEqual([]);
});

test('the syncs of another environment cannot be seen', async () => {
  const { integrationId } = await startApi();
  const { get } = await startApi();
  const { status, error } = await get(`/v1/integrations/${integrationId}/syncs`);
  expect({ status, code: error.code }).toEqual({ status: 404, code: 'PLATFORM.INTEGRATION_NOT_FOUND' });
});
