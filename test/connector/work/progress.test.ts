// A sync as its operator watches it: of how many, how fast, how long still, and how each model stands.
import { expect, test, vi } from 'vitest';
import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import { candidateRecord, oneOfEach } from '../../support/gem-records.ts';
import { operate } from '../../support/operated.ts';
import { answer } from '../../support/stub-gem.ts';

test('a running sync tells of how many, how fast and how long still, and each model how it stands', async () => {
  const candidates = Array.from({ length: 6 }, (_, number) => candidateRecord(`candidate-${number}`));
  const lists = { ...oneOfEach(), listCandidates: candidates };
  const { stub, clock, connector, integrationId, call } = await operate({ lists });
  stub.tellsTotal = true;
  stub.pageSize = 2;
  const look = async () => {
    const path = `/integrations/${integrationId}/syncs`;
    const { data } = await call<UnifiedSchemas['SyncsAnswer']['data']>('GET', path);
    const models = Object.fromEntries(data.models.map(({ model, state }) => [model, state]));
    return { ...data, sync: data.results[0], models };
  };
  expect((await look()).models).toMatchObject({ ats_users: 'PENDING', ats_candidates: 'PENDING' });
  await connector.sync(integrationId);
  const { sync: first, models: after } = await look();
  expect(first).toMatchObject({ state: 'SUCCEEDED', records: 14, expected_records: 14, seconds_left: null });
  expect(new Set(Object.values(after))).toEqual(new Set(['SYNCED']));

  // Each call of Gem takes a second; the third page of candidates waits until somebody has looked.
  const held = Promise.withResolvers<void>();
  stub.intercept = (request, response) => {
    clock.advance(1000);
    const isThird = request.url?.includes('/candidates/') === true && /[?&]page=3\b/.test(request.url);
    if (isThird) void held.promise.then(() => answer(response, 200, candidates.slice(4), total));
    return isThird;
  };
  const total = { 'X-Pagination': '{"total":6}' };
  const running = connector.sync(integrationId);
  const reached = (records: number) =>
    vi.waitUntil(
      async () => {
        const looked = await look();
        return looked.sync?.progress.some((list) => list.records === records && !list.is_finished) && looked;
      },
      { timeout: 20_000 },
    );
  const { sync, models } = await reached(4);
  expect(sync?.progress.at(-1)).toEqual({
    listing: 'listCandidates',
    records: 4,
    total: 6,
    is_finished: false,
    problem: null,
  });
  expect(sync).toMatchObject({ state: 'RUNNING', expected_records: 14 });
  const rate = sync?.records_per_second ?? 0;
  expect(rate).toBeGreaterThan(0);
  expect(sync?.seconds_left).toBe(Math.ceil((14 - (sync?.records ?? 0)) / rate));
  expect(models).toMatchObject({ ats_users: 'SYNCED', ats_candidates: 'SYNCING', ats_interviews: 'SYNCING' });
  held.resolve();
  await running;

  stub.intercept = (request, response) =>
    request.url?.includes('/users') === true && answer(response, 404, { message: 'Not Found' });
  await connector.sync(integrationId);
  expect((await look()).models).toMatchObject({ ats_users: 'FAILED', ats_jobs: 'SYNCED' });
  await call('PUT', `/integrations/${integrationId}/enabled`, { value: false });
  expect(new Set(Object.values((await look()).models))).toEqual(new Set(['PAUSED']));
});
