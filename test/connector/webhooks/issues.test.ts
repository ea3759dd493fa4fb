// What is wrong with an integration: raised and resolved by Kombo's rules, listed, and told (kombo-unified-api §4.10).
import { expect, test, vi } from 'vitest';
import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import { isFailing } from '../../../connector/webhooks/issues.ts';
import { operate, operatedSince, type Operated } from '../../support/operated.ts';
import { candidateRecord } from '../../support/gem-records.ts';
import { answer } from '../../support/stub-gem.ts';
import { expectGenuine, startReceiver } from './support/receiver.ts';
import { secret } from './support/scene.ts';

type Issue = UnifiedSchemas['Issue'];
const hour = 3_600_000;

/** A connector whose receiver hears of issues alone. */
async function start() {
  const receiver = await startReceiver();
  const operated = await operate(
    {},
    { webhooks: [{ url: receiver.url, secret, eventTypes: ['issue-status-changed'] }] },
  );
  const { connector, integrationId, results } = operated;
  return {
    ...operated,
    receiver,
    sync: () => connector.sync(integrationId),
    issues: () => results<Issue>(`/integrations/${integrationId}/issues`),
    /** What the receiver was told of, once so much of it has come. */
    told: async (count: number) => {
      await receiver.reached(count);
      for (const received of receiver.received) await expectGenuine(received, secret);
      return receiver.received.map(({ event: { data } }) => data);
    },
  };
}

test('a key that Gem refuses is an issue at once, and over with the next sync that reads', async () => {
  const { stub, clock, integrationId, sync, issues, told, results } = await start();
  expect(await issues()).toEqual([]);
  stub.intercept = (_, response) => answer(response, 401, { message: 'Unauthorized' });
  await sync();
  clock.advance(hour);
  await sync();
  const issue = {
    type: 'integration.authentication_failed',
    title: 'Authentication failed',
    action: null,
    status: 'OPEN',
    first_observed_at: operatedSince,
    last_observed_at: '2026-06-01T01:00:00.000Z',
    resolved_at: null,
  };
  expect(await issues()).toMatchObject([issue]);
  expect(await results('/integrations')).toMatchObject([{ id: integrationId, open_issues: 1 }]);

  stub.intercept = () => false;
  clock.advance(hour);
  await sync();
  const resolved = { ...issue, status: 'RESOLVED', resolved_at: '2026-06-01T02:00:00.000Z' };
  expect(await issues()).toMatchObject([resolved]);
  expect(await results('/integrations')).toMatchObject([{ open_issues: 0 }]);
  expect(await told(2)).toMatchObject([
    { change: 'RAISED', issue: { ...issue, last_observed_at: operatedSince }, integration_id: integrationId },
    { change: 'RESOLVED', issue: resolved },
  ]);

  // What returns is raised anew.
  stub.intercept = (_, response) => answer(response, 401, { message: 'Unauthorized' });
  await sync();
  expect((await issues()).map(({ status }) => status)).toEqual(['OPEN', 'RESOLVED']);
  expect((await told(3)).at(-1)).toMatchObject({ change: 'RAISED' });
});

test('syncs that fail are an issue from the second in a row on', async () => {
  const { stub, clock, sync, issues, told } = await start();
  stub.intercept = (_, response) => answer(response, 500, { message: 'down' });
  await sync();
  expect(await issues()).toEqual([]);
  await sync();
  await sync();
  expect(await issues()).toMatchObject([{ type: 'integration.sync_failing', status: 'OPEN' }]);
  stub.intercept = () => false;
  // By then a Gem that was down is asked again.
  clock.advance(hour);
  await sync();
  expect(await issues()).toMatchObject([{ type: 'integration.sync_failing', status: 'RESOLVED' }]);
  expect(await told(2)).toMatchObject([{ change: 'RAISED' }, { change: 'RESOLVED' }]);
});

test('an action that fails half of five calls is one, until it fails less, or is not called for a day', async () => {
  const { stub, clock, call, sync, issues, results, told } = await start();
  await sync();
  const fails: Operated['stub']['intercept'] = (_, response) => answer(response, 500, { message: 'down' });
  const [candidate] = await results<{ id: string }>('/ats/candidates');
  const act = async (times: number, id = candidate?.id) => {
    for (let time = 0; time < times; time += 1) await call('GET', `/ats/candidates/${id}/attachments`);
  };
  stub.intercept = fails;
  await act(4);
  // What the caller gets wrong says nothing of the action.
  await act(5, 'unknown');
  expect(await issues()).toEqual([]);
  await act(1);
  const failing = { type: 'integration.action_failing', action: 'ats_get_candidate_attachments' };
  expect(await issues()).toMatchObject([
    { ...failing, status: 'OPEN', problem: '5 of 5 calls have failed within 24 hours' },
  ]);

  const works: Operated['stub']['intercept'] = (request, response) =>
    request.url?.includes('/candidates/candidate-') === true &&
    answer(response, 200, candidateRecord('candidate-1'));
  stub.intercept = works;
  await act(5);
  expect(await issues()).toMatchObject([{ status: 'OPEN' }]);
  await act(1);
  expect(await issues()).toMatchObject([{ ...failing, status: 'RESOLVED' }]);

  stub.intercept = fails;
  await act(1);
  expect(await issues()).toMatchObject([{ status: 'OPEN' }, { status: 'RESOLVED' }]);
  stub.intercept = works;
  clock.advance(24 * hour);
  await vi.waitUntil(async () => (await issues()).every(({ status }) => status === 'RESOLVED'), {
    timeout: 20_000,
  });
  expect((await told(4)).map(({ change }) => change)).toEqual(['RAISED', 'RESOLVED', 'RAISED', 'RESOLVED']);
});

test.each([
  [{ finished: 4, failed: 4 }, false],
  [{ finished: 5, failed: 2 }, false],
  [{ finished: 5, failed: 3 }, true],
  [{ finished: 6, failed: 3 }, true],
  [{ finished: 7, failed: 3 }, false],
])('of an action with %j it is %s that it fails', (calls, expected) => {
  expect(isFailing(calls)).toBe(expected);
});
