// What is wrong with an integration: raised and resolved by Kombo's rules, listed, and told (kombo-unified-api §4.10).
import { describe, expect, test, vi } from 'vitest';
import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import { finishSync, type FinishSync } from '../../../connector/webhooks/emit.ts';
import { actionCallNotes, isFailing, resolveQuietIssues } from '../../../connector/webhooks/issues.ts';
import { markIntegrationDeleted } from '../../../connector/store/queries/integration-state.ts';
import { listIssues } from '../../../connector/store/queries/issues.ts';
import { beginSync } from '../../../connector/store/queries/syncs.ts';
import { databases } from '../../support/databases.ts';
import { operate, operatedSince, type Operated } from '../../support/operated.ts';
import { candidateRecord } from '../../support/gem-records.ts';
import { answer, startStubGem } from '../../support/stub-gem.ts';
import { expectGenuine, startReceiver } from './support/receiver.ts';
import { secret } from './support/scene.ts';
import { useWebhooks } from './support/use-webhooks.ts';

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

describe.each(databases.slice(0, 1))('issues, on $name', (kind) => {
  const openScene = useWebhooks(kind);

  test('are of syncs that say nothing, too; one that was cancelled says nothing of Gem, and part of the data is enough', async () => {
    const { store, clock, connect } = await openScene();
    const { database } = store;
    const { id: integrationId } = await connect(await startStubGem());
    const ended = async (state: FinishSync['state']) => {
      clock.advance(hour);
      const startedAt = new Date(clock.now()).toISOString();
      const { sync } = await beginSync(database, { integrationId, type: 'FULL', startedAt });
      await database
        .transaction()
        .execute((open) =>
          finishSync(open, { id: sync.id, integrationId, state, endedAt: startedAt, problem: null }),
        );
      const [latest] = await listIssues(database, { integrationId, limit: 10 });
      return latest && [latest.type, latest.problem, latest.resolvedAt !== null];
    };
    const refused = ['integration.authentication_failed', 'Gem does not accept the credentials'];
    const failing = ['integration.sync_failing', 'the syncs do not come to an end'];
    expect(await ended('AUTHENTICATION_FAILED')).toEqual([...refused, false]);
    expect(await ended('PARTIALLY_FAILED')).toEqual([...refused, true]);
    expect(await ended('FAILED')).toEqual([...refused, true]);
    expect(await ended('CANCELLED')).toEqual([...refused, true]);
    expect(await ended('FAILED')).toEqual([...failing, false]);
  });

  test('of actions are noted while the integration is there, and not resolved by a call of this day', async () => {
    const { store, clock, connect, logged } = await openScene();
    const { database } = store;
    const log = (message: string) => logged.push(message);
    const note = actionCallNotes({ database, clock, log });
    const issuesAfter = async (action: string, calls: number) => {
      for (let call = 0; call < calls; call += 1) await note({ integrationId, action, hasFailed: true });
      return (await listIssues(database, { integrationId, limit: 10 })).map((issue) => [
        issue.action,
        issue.resolvedAt !== null,
      ]);
    };
    const { id: integrationId } = await connect(await startStubGem());
    expect(await issuesAfter('ats_create_candidate', 5)).toEqual([['ats_create_candidate', false]]);
    await resolveQuietIssues(database, clock.now() + 23 * hour);
    expect(await issuesAfter('ats_create_candidate', 0)).toEqual([['ats_create_candidate', false]]);
    await resolveQuietIssues(database, clock.now() + 24 * hour);
    expect(await issuesAfter('ats_create_candidate', 0)).toEqual([['ats_create_candidate', true]]);

    await markIntegrationDeleted(database, { id: integrationId, at: new Date(clock.now()).toISOString() });
    expect(await issuesAfter('ats_create_application', 5)).toHaveLength(1);
    expect(logged).toEqual([]);
    await note({ integrationId: 'unknown', action: 'ats_create_candidate', hasFailed: true });
    expect(logged).toEqual(['the end of an action could not be noted for the issues']);
  });
});
