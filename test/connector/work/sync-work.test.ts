import { describe, expect, test } from 'vitest';
import {
  markIntegrationDeleted,
  setIntegrationEnabled,
} from '../../../connector/store/queries/integration-state.ts';
import { findIntegration } from '../../../connector/store/queries/integrations.ts';
import { queueSync } from '../../../connector/store/queries/syncs.ts';
import { ShuttingDown } from '../../../connector/sync/outcome.ts';
import { requestSync } from '../../../connector/work/request-sync.ts';
import { syncNow } from '../../../connector/work/sync.ts';
import { databases } from '../../support/databases.ts';
import { candidateRecord, oneOfEach } from '../../support/gem-records.ts';
import { answer, startStubGem, type StubGem } from '../../support/stub-gem.ts';
import { useWork } from './support/use-work.ts';

const people = ['a', 'b', 'c', 'd', 'e'].map((id) => candidateRecord(id));
const at = '2026-06-01T00:00:00.000Z';

async function startPaged(): Promise<StubGem> {
  const stub = await startStubGem({ ...oneOfEach(), listCandidates: people });
  stub.pageSize = 2;
  stub.tellsTotal = true;
  return stub;
}

/** Runs something when a page of the candidates is asked for, and then lets the stub answer. */
function whenAskedFor(stub: StubGem, page: number, then: () => void | Promise<void>): void {
  stub.intercept = (request, response) => {
    const url = new URL(request.url ?? '', 'http://stub');
    if (url.pathname !== '/ats/v0/candidates/' || url.searchParams.get('page') !== String(page)) return false;
    stub.intercept = () => false;
    const first = (page - 1) * stub.pageSize;
    const reply = () => answer(response, 200, people.slice(first, first + stub.pageSize));
    void Promise.resolve(then()).then(reply);
    return true;
  };
}

/** The pages of the candidates that were asked for. */
function pagesAsked({ requests }: StubGem): number[] {
  return requests
    .filter(({ url }) => url.pathname === '/ats/v0/candidates/')
    .map(({ url }) => Number(url.searchParams.get('page')));
}

describe.each(databases)('the work of syncing, on $name', (database) => {
  const { store, connect } = useWork(database);

  test('is done once, however many workers are sent to it', async () => {
    const stub = await startPaged();
    const { context, integration, work, syncs } = await connect(stub);
    await requestSync(context, integration.id, 'FULL');
    await Promise.all([work(), work(), work(), syncNow(context, integration.id, { signal: never() })]);
    expect(await syncs()).toMatchObject([{ state: 'SUCCEEDED', problem: null, rejectedCount: 0 }]);
    expect(pagesAsked(stub)).toEqual([1, 2, 3, 4]);
  });

  test('goes on with what was asked for meanwhile, one after the other', async () => {
    const stub = await startPaged();
    const { context, integration, work, syncs, clock } = await connect(stub);
    await requestSync(context, integration.id, 'FULL');
    await work();
    clock.advance(1000);
    await requestSync(context, integration.id, 'DELTA');
    stub.requests.length = 0;
    whenAskedFor(stub, 1, async () => {
      await requestSync(context, integration.id, 'FULL');
    });
    await work();
    const all = await syncs();
    expect(all.map(({ type, state }) => `${type} ${state}`).toSorted()).toEqual([
      'DELTA SUCCEEDED',
      'FULL SUCCEEDED',
      'FULL SUCCEEDED',
    ]);
  });

  test('keeps how far it has come, list by list', async () => {
    const stub = await startPaged();
    const { context, integration, work, syncs } = await connect(stub);
    await requestSync(context, integration.id, 'FULL');
    await work();
    const [sync] = await syncs();
    expect(sync?.progress).toMatchObject({
      listUsers: { records: 2, isFinished: true },
      listCandidates: { records: 5, isFinished: true },
    });
    expect(Object.keys(sync?.progress ?? {})).toHaveLength(7);
  });

  test('that is stopped is left to others, who go on behind the last page and count on', async () => {
    const stub = await startPaged();
    const { context, integration, work, syncs, sent, clock } = await connect(stub);
    await requestSync(context, integration.id, 'FULL');
    const stopping = new AbortController();
    whenAskedFor(stub, 3, () => stopping.abort(new ShuttingDown()));
    sent.length = 0;
    await work(stopping.signal);
    const [stopped] = await syncs();
    expect(stopped).toMatchObject({ state: 'RUNNING', progress: { listCandidates: { records: 4 } } });
    expect(sent).toMatchObject([{ kind: 'sync', key: integration.id }]);
    stub.requests.length = 0;
    clock.advance(60_000);
    await work();
    expect(pagesAsked(stub)).toEqual([3, 4]);
    const { id, startedAt } = stopped ?? {};
    const progress = { listCandidates: { records: 5 } };
    expect(await syncs()).toMatchObject([{ id, startedAt, state: 'SUCCEEDED', progress }]);
  });

  test.each([
    ['switched off', setOff],
    ['deleted', markIntegrationDeleted],
  ])('is cancelled, with what waits, when its integration is %s', async (_, cancel) => {
    const stub = await startPaged();
    const { context, integration, work, syncs } = await connect(stub);
    await requestSync(context, integration.id, 'FULL');
    whenAskedFor(stub, 1, async () => {
      await queueSync(store().database, { integrationId: integration.id, type: 'DELTA', at });
      await cancel(store().database, { id: integration.id, at });
    });
    await work();
    expect(await syncs()).toMatchObject([{ state: 'CANCELLED' }, { state: 'CANCELLED' }]);
  });

  test('that a dead worker left is cancelled too when nobody wants it any more', async () => {
    const stub = await startPaged();
    const { context, integration, work, look, sent, syncs } = await connect(stub);
    await requestSync(context, integration.id, 'FULL');
    const stopping = new AbortController();
    whenAskedFor(stub, 2, () => stopping.abort(new ShuttingDown()));
    await work(stopping.signal);
    await setOff(store().database, { id: integration.id, at });
    sent.length = 0;
    await look();
    expect(sent).toMatchObject([{ kind: 'sync' }]);
    await work();
    expect(await syncs()).toMatchObject([{ state: 'CANCELLED' }]);
  });

  test('is given up when it takes too long', async () => {
    const stub = await startPaged();
    const { context, integration, work, syncs, clock } = await connect(stub);
    await requestSync(context, integration.id, 'FULL');
    whenAskedFor(stub, 2, () => clock.advance(context.settings.syncTimeLimit));
    await work();
    expect(await syncs()).toMatchObject([{ state: 'TIMED_OUT', problem: 'the sync took too long' }]);
    // One more page may have been asked for already while the second was written.
    expect([
      [1, 2],
      [1, 2, 3],
    ]).toContainEqual(pagesAsked(stub));
  });

  test('stops after three days of refused credentials, until the account is connected again', async () => {
    const stub = await startStubGem();
    const { integration, work, look, syncs, clock, reconnect } = await connect(stub);
    stub.intercept = (_, response) => answer(response, 403, { message: 'Forbidden' });
    const hour = 3_600_000;
    for (let hours = 0; hours <= 72; hours += 3) {
      await look();
      await work();
      clock.advance(3 * hour);
    }
    const attempts = await syncs();
    expect(new Set(attempts.map(({ state }) => state))).toEqual(new Set(['AUTHENTICATION_FAILED']));
    // At 0, 3, 6 … 69 hours; at 72 it is too late.
    expect(attempts).toHaveLength(24);
    expect(await findIntegration(store(), integration.id)).toMatchObject({ state: 'INVALID' });

    stub.intercept = () => false;
    expect(await reconnect()).toMatchObject({ state: 'ACTIVE' });
    await look();
    await work();
    expect((await syncs())[0]).toMatchObject({ state: 'SUCCEEDED' });
  });

  test('forgives failures once the credentials work again', async () => {
    const stub = await startStubGem();
    const { integration, work, look, clock } = await connect(stub);
    const hour = 3_600_000;
    for (let days = 0; days < 5; days += 1) {
      stub.intercept = (_, response) => answer(response, 403, { message: 'Forbidden' });
      await look();
      await work();
      clock.advance(12 * hour);
      stub.intercept = () => false;
      await look();
      await work();
      clock.advance(12 * hour);
    }
    expect(await findIntegration(store(), integration.id)).toMatchObject({ state: 'ACTIVE' });
  });

  test('comes by itself: a full sync first, deltas every three hours, full ones every ten', async () => {
    const { work, look, syncs, clock, context, integration } = await connect(await startStubGem(oneOfEach()));
    const hour = 3_600_000;
    for (let hours = 0; hours <= 11; hours += 1) {
      await look();
      await work();
      // Whoever asks for a sync moves what follows: without this one, a delta would come at 6.
      if (hours === 5) {
        await requestSync(context, integration.id, 'DELTA');
        await work();
      }
      clock.advance(hour);
    }
    const done = (await syncs()).map(({ type, startedAt }) => `${Number(startedAt.slice(11, 13))} ${type}`);
    expect(done).toEqual(['10 FULL', '8 DELTA', '5 DELTA', '3 DELTA', '0 FULL']);
  });

  test('of an integration that is worked on, or that is switched off, needs no other worker', async () => {
    const stub = await startPaged();
    const { context, integration, work, look, sent } = await connect(stub);
    await requestSync(context, integration.id, 'FULL');
    sent.length = 0;
    whenAskedFor(stub, 1, look);
    await work();
    await setOff(store().database, { id: integration.id, at });
    await look();
    expect(sent).toEqual([]);
  });

  test('tells whose credentials cannot be opened, and does not try again at once', async () => {
    const { context, integration, work, syncs } = await connect(await startStubGem());
    await requestSync(context, integration.id, 'FULL');
    const otherKey = await databases[0]?.open();
    context.store = { ...context.store, vault: otherKey?.vault ?? context.store.vault };
    await work();
    await otherKey?.close();
    expect(await syncs()).toMatchObject([
      { state: 'FAILED', problem: expect.stringMatching(/^the credentials in the store were sealed/) },
    ]);
  });
});

function setOff(to: Parameters<typeof setIntegrationEnabled>[0], { id, at }: { id: string; at: string }) {
  return setIntegrationEnabled(to, { id, isEnabled: false, at });
}

function never(): AbortSignal {
  return new AbortController().signal;
}
