// Which events are written, when, and what they say.
import { describe, expect, test } from 'vitest';
import { beginSync, listSyncs, queueSync } from '../../../connector/store/queries/syncs.ts';
import { changeState, finishSync, recordConnection } from '../../../connector/webhooks/emit.ts';
import { sync as syncKind } from '../../../connector/work/sync.ts';
import { schedule } from '../../../connector/work/schedule.ts';
import { databases } from '../../support/databases.ts';
import { candidateRecord, oneOfEach } from '../../support/gem-records.ts';
import { answer, startStubGem } from '../../support/stub-gem.ts';
import { expectGenuine, startReceiver, type Received } from './support/receiver.ts';
import { gemApiKey, secret } from './support/scene.ts';
import { useWebhooks } from './support/use-webhooks.ts';

const hour = 3_600_000;

describe.each(databases)('events, on $name', (database) => {
  const openScene = useWebhooks(database);

  /** An account that is connected, and a receiver that is told of it. */
  async function start() {
    const [scene, receiver, stub] = [
      await openScene(),
      await startReceiver(),
      await startStubGem(oneOfEach()),
    ];
    await scene.subscribe(receiver.url);
    const integration = await scene.connect(stub);
    /** Sends what waits, and gives what came since the last time, each of it proved genuine. */
    async function told(): Promise<Received['event'][]> {
      receiver.received.length = 0;
      await scene.work();
      for (const received of receiver.received) await expectGenuine(received, secret);
      return receiver.received.map(({ event }) => event);
    }
    return { ...scene, receiver, stub, integration, told };
  }

  const endUser = { organization_name: 'Acme', creator_email: 'ada@acme.example', origin_id: 'customer-7' };
  const about = (integration: { id: string }) => ({
    integration_id: integration.id,
    integration_tool: 'gem',
    integration_category: 'ATS',
  });

  test('tell of a connection and of what its first sync brought, in this order', async () => {
    const { integration, told, sync, clock } = await start();
    const gem = { tool: 'gem', category: 'ATS', end_user: endUser };
    expect(await told()).toEqual([
      { id: expect.any(String), type: 'integration-created', data: { id: integration.id, ...gem } },
    ]);

    const { syncId } = await sync(integration);
    const [changed, state, finished, ...more] = await told();
    expect(more).toEqual([]);
    const everyModel = [
      'ats_application_stages',
      'ats_applications',
      'ats_candidates',
      'ats_interviews',
      'ats_job_postings',
      'ats_jobs',
      'ats_join_interviews_users',
      'ats_join_jobs_application_stages',
      'ats_join_jobs_users',
      'ats_users',
    ];
    expect(changed?.data).toEqual({
      ...about(integration),
      changed_models: everyModel.map((name) => ({ name })),
    });
    const at = new Date(clock.now()).toISOString();
    expect(state?.data).toEqual({
      ...about(integration),
      end_user: endUser,
      qa_status: 'PASSED',
      setup_status: 'COMPLETED',
      state: 'ACTIVE',
      updated_at: at,
    });
    expect(finished?.data).toEqual({
      sync_id: syncId,
      sync_state: 'SUCCEEDED',
      sync_started_at: at,
      sync_ended_at: at,
      sync_duration_seconds: 0,
      ...about(integration),
      end_user: endUser,
      log_url: `/v1/integrations/${integration.id}/syncs`,
    });
  });

  test('do not tell of changed data when a sync changed none', async () => {
    const { integration, told, sync, clock } = await start();
    await sync(integration);
    await told();
    for (const type of ['FULL', 'DELTA'] as const) {
      clock.advance(hour);
      await sync(integration, type);
      expect((await told()).map((event) => event.type)).toEqual(['sync-finished']);
    }
  });

  test('name the models of which rows were changed or removed, and no others', async () => {
    const { integration, told, sync, clock, stub } = await start();
    await sync(integration);
    await told();
    clock.advance(hour);
    stub.lists.listCandidates = [candidateRecord('candidate-1', { first_name: 'Other' })];
    stub.lists.listScheduledInterviews = [];
    stub.tellsTotal = true;
    await sync(integration);
    const [changed] = await told();
    expect(changed?.data['changed_models']).toEqual([
      { name: 'ats_candidates' },
      { name: 'ats_interviews' },
      { name: 'ats_join_interviews_users' },
    ]);
  });

  test('tell once of what a sync changed in several processes', async () => {
    const { integration, told, stub, context } = await start();
    await told();
    const { database } = context.store;
    const stopping = new AbortController();
    const at = new Date(context.clock.now()).toISOString();
    await queueSync(database, { integrationId: integration.id, type: 'FULL', at });
    // The process ends when it comes to the applications; what it wrote before stands.
    stub.intercept = (request) => {
      if (request.url?.startsWith('/ats/v0/applications/')) stopping.abort(new Error('killed'));
      return false;
    };
    await syncKind.run(context, { integrationId: integration.id }, stopping.signal);
    expect(await told()).toEqual([]);
    stub.intercept = () => false;
    await syncKind.run(context, { integrationId: integration.id }, new AbortController().signal);
    const events = await told();
    expect(events.map(({ type }) => type)).toEqual([
      'data-changed',
      'integration-state-changed',
      'sync-finished',
    ]);
    expect(events[0]?.data['changed_models']).toHaveLength(10);
  });

  test('tell of a sync that failed, and of what it changed before', async () => {
    const { integration, told, sync, stub, clock } = await start();
    await told();
    let isDown = false;
    stub.intercept = (request, response) => {
      isDown ||= request.url?.startsWith('/ats/v0/applications/') === true;
      return isDown && answer(response, 500, { message: 'down' });
    };
    await sync(integration);
    const [changed, finished] = await told();
    expect(changed).toMatchObject({ type: 'data-changed' });
    expect(finished).toMatchObject({ type: 'sync-finished', data: { sync_state: 'FAILED' } });

    stub.intercept = (_, response) => answer(response, 403, { message: 'Forbidden' });
    clock.advance(90_400);
    await sync(integration, 'FULL');
    const [refused, raised, ...more] = await told();
    expect(more).toEqual([]);
    expect(raised).toMatchObject({ type: 'issue-status-changed', data: { change: 'RAISED' } });
    expect(refused?.data).toMatchObject({ sync_state: 'AUTHENTICATION_FAILED', sync_duration_seconds: 0 });
  });

  test('tell once of a sync that two processes end, each of which took the other for dead', async () => {
    const { integration, told, sync, context } = await start();
    await sync(integration);
    await told();
    const { database } = context.store;
    const [before] = await listSyncs(database, { integrationId: integration.id, limit: 1 });
    await database.transaction().execute(async (transaction) => {
      const end = { id: before?.id ?? '', integrationId: integration.id, problem: 'too late' };
      await finishSync(transaction, { ...end, state: 'FAILED', endedAt: '2026-06-02T00:00:00.000Z' });
    });
    expect(await told()).toEqual([]);
    expect(await listSyncs(database, { integrationId: integration.id, limit: 1 })).toEqual([before]);
  });

  test('give the duration of a sync in whole seconds', async () => {
    const { integration, told, sync, stub, clock } = await start();
    await told();
    stub.intercept = () => {
      stub.intercept = () => false;
      clock.advance(1600);
      return false;
    };
    await sync(integration);
    expect((await told()).at(-1)?.data).toMatchObject({ sync_duration_seconds: 2 });
  });

  test('tell that an integration is invalid after three days, and valid when it is connected again', async () => {
    const { integration, told, stub, clock, context, connect } = await start();
    stub.intercept = (_, response) => answer(response, 403, { message: 'Forbidden' });
    const stopping = new AbortController().signal;
    for (let hours = 0; hours <= 75; hours += 3) {
      await schedule.run(context, {}, stopping);
      await syncKind.run(context, { integrationId: integration.id }, stopping);
      clock.advance(3 * hour);
    }
    const events = await told();
    expect(events.map(({ type }) => type).slice(1)).toEqual([
      'sync-finished',
      'issue-status-changed',
      ...Array.from({ length: 23 }, () => 'sync-finished'),
      'integration-state-changed',
    ]);
    expect(events.at(-1)?.data).toMatchObject({ state: 'INVALID', setup_status: 'FINAL_SYNC_PENDING' });

    stub.intercept = () => false;
    await connect(stub);
    expect(await told()).toMatchObject([{ type: 'integration-state-changed', data: { state: 'ACTIVE' } }]);
    await connect(stub);
    expect(await told()).toEqual([]);
  });

  test('tell that an integration is switched off, with what waited, and on, and each only once', async () => {
    const { integration, told, change, context } = await start();
    await told();
    const at = '2026-06-01T00:00:00.000Z';
    const { sync } = await queueSync(context.store.database, {
      integrationId: integration.id,
      type: 'FULL',
      at,
    });
    await change(integration, 'switched-off');
    await change(integration, 'switched-off');
    expect(await told()).toMatchObject([
      { type: 'sync-finished', data: { sync_id: sync.id, sync_state: 'CANCELLED', sync_started_at: at } },
      { type: 'integration-state-changed', data: { state: 'INACTIVE', qa_status: 'PENDING' } },
    ]);
    await change(integration, 'switched-on');
    await change(integration, 'switched-on');
    expect(await told()).toMatchObject([
      { type: 'integration-state-changed', data: { state: 'ACTIVE', updated_at: at } },
    ]);
    const syncs = await listSyncs(context.store.database, { integrationId: integration.id, limit: 9 });
    expect(syncs).toMatchObject([{ id: sync.id, state: 'CANCELLED', endedAt: at }]);
  });

  test('leave a sync alone that waits while its integration is switched on or turns out invalid', async () => {
    const { integration, told, change, context } = await start();
    await told();
    const waits = { integrationId: integration.id, type: 'FULL' as const, at: '2026-06-01T00:00:00.000Z' };
    await queueSync(context.store.database, waits);
    await change(integration, 'switched-on');
    await change(integration, 'invalid');
    expect((await told()).map(({ type }) => type)).toEqual(['integration-state-changed']);
    const syncs = await listSyncs(context.store.database, { integrationId: integration.id, limit: 9 });
    expect(syncs).toMatchObject([{ state: 'QUEUED' }]);
  });

  test('leave a sync that runs to its process when its integration is switched off', async () => {
    const { integration, told, change, context } = await start();
    await told();
    const begun = { integrationId: integration.id, startedAt: '2026-06-01T00:00:00.000Z' };
    await beginSync(context.store.database, { ...begun, type: 'FULL' });
    await change(integration, 'switched-off');
    expect((await told()).map(({ type }) => type)).toEqual(['integration-state-changed']);
    const syncs = await listSyncs(context.store.database, { integrationId: integration.id, limit: 9 });
    expect(syncs).toMatchObject([{ state: 'RUNNING' }]);
  });

  test('say nothing of a sync that was removed before it ended', async () => {
    const { integration, told, context } = await start();
    await told();
    const end = { integrationId: integration.id, problem: null, endedAt: '2026-06-02T00:00:00.000Z' };
    await context.store.database
      .transaction()
      .execute((transaction) => finishSync(transaction, { ...end, id: 'removed', state: 'SUCCEEDED' }));
    expect(await told()).toEqual([]);
  });

  test('keep who connected an account, where a later connection does not say', async () => {
    const { integration, told, change, context, clock } = await start();
    await told();
    const at = new Date(clock.now()).toISOString();
    await recordConnection(context.store, integration, { at });
    await change(integration, 'switched-off');
    expect(await told()).toMatchObject([{ data: { end_user: endUser } }]);
  });

  test('tell that an integration was deleted, once, and that its account was connected anew', async () => {
    const { integration, told, change, connect, stub, context } = await start();
    await told();
    const waits = { integrationId: integration.id, type: 'FULL' as const, at: '2026-06-01T00:00:00.000Z' };
    const { sync } = await queueSync(context.store.database, waits);
    await change(integration, 'deleted');
    await change(integration, 'deleted');
    await change(integration, 'switched-off');
    const deleted_at = '2026-06-01T00:00:00.000Z';
    expect(await told()).toMatchObject([
      { type: 'sync-finished', data: { sync_id: sync.id, sync_state: 'CANCELLED' } },
      { type: 'integration-deleted', data: { id: integration.id, end_user: endUser, deleted_at } },
    ]);
    await connect(stub);
    expect(await told()).toMatchObject([{ type: 'integration-created', data: { id: integration.id } }]);
  });

  test('are not written when what they tell of is not', async () => {
    const { integration, told, change, context } = await start();
    await told();
    const { database } = context.store;
    const undone = database.transaction().execute(async (transaction) => {
      await changeState(transaction, integration.id, { change: 'deleted', at: '2026-06-01T00:00:00.000Z' });
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await told()).toEqual([]);
    await change(integration, 'switched-off');
    expect(await told()).toHaveLength(1);
  });

  test('come to those who want their type, and to no other environment', async () => {
    const scene = await openScene();
    const other = await openScene();
    const [some, all, foreign] = [await startReceiver(), await startReceiver(), await startReceiver()];
    await scene.subscribe(some.url, ['sync-finished']);
    await scene.subscribe(all.url);
    await other.subscribe(foreign.url);
    const integration = await scene.connect(await startStubGem());
    await scene.sync(integration);
    await scene.work();
    await other.work();
    expect(some.types()).toEqual(['sync-finished']);
    expect(all.types()).toEqual(['integration-created', 'integration-state-changed', 'sync-finished']);
    expect(foreign.received).toEqual([]);
    // The same event has the same id, so that it can be told from another one.
    expect(some.received[0]?.event.id).toBe(all.received[2]?.event.id);
  });

  test('say nothing of a secret', async () => {
    const { integration, receiver, sync, stub, work, deliveries, logged } = await start();
    await sync(integration);
    stub.intercept = (_, response) => answer(response, 403, { message: gemApiKey });
    await sync(integration);
    receiver.reply = (response) => response.writeHead(500).end();
    await work();
    expect(receiver.received.length).toBeGreaterThan(0);
    const texts = [receiver.received, await deliveries(), logged].map((all) => JSON.stringify(all));
    for (const text of texts) {
      expect(text).not.toContain(gemApiKey);
      expect(text).not.toContain(secret);
    }
  });
});
