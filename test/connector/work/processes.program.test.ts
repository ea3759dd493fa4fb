// Whole processes on one PostgreSQL server.
import type { ServerResponse } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../../contracts/clock.ts';
import { openStore, type Store } from '../../../connector/store/open-store.ts';
import { createEnvironment } from '../../../connector/store/queries/environments.ts';
import type { Integration } from '../../../connector/store/queries/integrations.ts';
import { listSyncs, type SyncType } from '../../../connector/store/queries/syncs.ts';
import { connectIntegration } from '../../../connector/connect/connect-integration.ts';
import { kinds } from '../../../connector/background.ts';
import { awaitSync, requestSync } from '../../../connector/work/request-sync.ts';
import { openQueue } from '../../../connector/work/queue.ts';
import { placeOnPostgres, type PostgresPlace } from '../../support/databases.ts';
import { oneOfEach } from '../../support/gem-records.ts';
import { root, run, type Running } from '../../support/process.ts';
import { answer, startStubGem, type StubGem } from '../../support/stub-gem.ts';

const main = `${root}/connector/main.ts`;
/** What one worker syncs at once by default. */
const atOnce = 4;

async function openPlace(): Promise<{ place: PostgresPlace; store: Store }> {
  const place = await placeOnPostgres();
  const store = await openStore(place);
  onTestFinished(store.close);
  return { place, store };
}

function start({ databaseUrl, encryptionKey }: PostgresPlace, flags: string[], env = {}): Running {
  return run('node', [main, '--json', ...flags], {
    env: { GEM_API_KEY: '', DATABASE_URL: databaseUrl, CONNECTOR_ENCRYPTION_KEY: encryptionKey, ...env },
  });
}

function startWorker(place: PostgresPlace, checkEvery = 1): Running {
  return start(place, ['--role', 'worker', '--check-every', String(checkEvery)]);
}

const has = (event: string) => (line: string) => line.includes(`"event":"${event}"`);

async function connectMany(store: Store, { url }: StubGem, count: number): Promise<Integration[]> {
  const createdAt = '2026-01-01T00:00:00.000Z';
  await createEnvironment(store.database, { id: 'environment', name: 'Test', apiKey: 'key', createdAt });
  return Promise.all(
    Array.from({ length: count }, (_, index) =>
      connectIntegration({
        store,
        clock: systemClock,
        environmentId: 'environment',
        gem: { url, apiKey: `key-${index}` },
        actingUserId: 'user-1',
        endUserOrganizationName: 'Acme',
        isRemoteDataEnabled: false,
      }),
    ),
  );
}

/**
 * Lets every reading of the candidates wait until the returned function is called.
 *
 * @param except the key of an account that is answered at once
 */
function holdCandidates(stub: StubGem, except?: string) {
  const held = new Map<string, ServerResponse>();
  const watchers = new Set<() => void>();
  stub.intercept = (request, response) => {
    if (!request.url?.startsWith('/ats/v0/candidates/?') || !request.url.includes('page=1')) return false;
    const key = String(request.headers['x-api-key']);
    if (key === except) return false;
    held.set(key, response);
    for (const watch of watchers) watch();
    return true;
  };
  return {
    /** Resolves once so many accounts are being read at the same time. */
    reached: (count: number) =>
      new Promise<void>((resolve) => {
        const watch = () => held.size === count && resolve();
        watchers.add(watch);
        watch();
      }),
    release: () => {
      stub.intercept = () => false;
      for (const response of held.values()) answer(response, 503, {});
    },
  };
}

test('two workers share the syncs, and one takes over what the other left when it was killed', async () => {
  const { place, store } = await openPlace();
  const stub = await startStubGem(oneOfEach());
  const integrations = await connectMany(store, stub, 2 * atOnce);
  stub.requests.length = 0;
  const held = holdCandidates(stub);
  const [one, other] = [startWorker(place), startWorker(place)];

  await Promise.all([one.line(has('working')), other.line(has('working'))]);
  // Nobody has to ask: an integration that is new is due. As much at once is more than one worker does.
  await held.reached(2 * atOnce);
  one.child.kill('SIGKILL');
  await one.ended;
  held.release();

  const signal = new AbortController().signal;
  for (const { id } of integrations) {
    const [sync] = await listSyncs(store.database, { integrationId: id, limit: 10 });
    expect(await awaitSync(store, sync?.id ?? '', { signal })).toMatchObject({ state: 'SUCCEEDED' });
    expect(await listSyncs(store.database, { integrationId: id, limit: 10 })).toHaveLength(1);
  }
  // Resumed and not begun anew: what was read before the kill was not asked for again.
  const users = stub.requests.filter(
    ({ url }) => url.pathname === '/ats/v0/users/' && url.searchParams.get('page') === '1',
  );
  expect(users).toHaveLength(2 * atOnce);
  other.child.kill('SIGTERM');
  expect(await other.ended).toMatchObject({ code: 0, stderr: '' });
});

test('what changed in one account is read while others, as many as a worker takes, are read whole', async () => {
  const { place, store } = await openPlace();
  const stub = await startStubGem(oneOfEach());
  const [small, ...large] = await connectMany(store, stub, 2 * atOnce);
  // What was asked for is not found by a look at what waits.
  const worker = startWorker(place, 3600);
  const queue = await openQueue(store, { kinds, isWorker: false, log: () => {} });
  onTestFinished(queue.stop);
  const { signal } = new AbortController();
  const ask = async (integration: Integration | undefined, type: SyncType) =>
    (await requestSync({ store, clock: systemClock, queue }, integration?.id ?? '', type)).sync_id;
  const first = await ask(small, 'FULL');
  expect(await awaitSync(store, first, { signal })).toMatchObject({ state: 'SUCCEEDED' });

  const held = holdCandidates(stub, 'key-0');
  for (const integration of large) await ask(integration, 'FULL');
  await held.reached(atOnce);
  const delta = await ask(small, 'DELTA');
  expect(await awaitSync(store, delta, { signal })).toMatchObject({ type: 'DELTA', state: 'SUCCEEDED' });
  held.release();
  worker.child.kill('SIGTERM');
  expect(await worker.ended).toMatchObject({ code: 0 });
});

test('one process answers and another one works', async () => {
  const { place, store } = await openPlace();
  const stub = await startStubGem(oneOfEach());
  const apiKey = 'mgc_key-of-the-processes-test';
  const api = start(
    place,
    ['--role', 'api', '--port', '0', '--gem-url', stub.url, '--acting-user', 'user-1'],
    {
      GEM_API_KEY: 'any',
      CONNECTOR_API_KEY: apiKey,
    },
  );
  const { apiUrl, integrationId } = JSON.parse(await api.line(has('ready'))) as Record<string, string>;
  const headers = { Authorization: `Bearer ${apiKey}`, 'X-Integration-Id': integrationId ?? '' };
  const read = async (path: string) => (await fetch(`${apiUrl}${path}`, { headers })).json();
  expect(await read(`/integrations/${integrationId}/syncs`)).toMatchObject({
    data: { results: [{ type: 'FULL', state: 'QUEUED' }] },
  });

  const worker = startWorker(place);
  const synced: unknown = JSON.parse(await worker.line(has('synced')));
  expect(synced).toMatchObject({ integrationId, type: 'FULL', state: 'SUCCEEDED', problem: null });
  expect(await read('/ats/jobs')).toMatchObject({ data: { results: [{ remote_id: 'job-1' }] } });

  // A worker that waits hears of what is asked for.
  const queue = await openQueue(store, { kinds, isWorker: false, log: () => {} });
  const asked = await requestSync({ store, clock: systemClock, queue }, integrationId ?? '', 'FULL');
  await queue.stop();
  await worker.line((line) => has('synced')(line) && line.includes(asked.sync_id));
});

test('a worker that is told to end leaves its sync to the next', async () => {
  const { place, store } = await openPlace();
  const stub = await startStubGem(oneOfEach());
  const [integration] = await connectMany(store, stub, 1);
  const held = holdCandidates(stub);
  const first = startWorker(place);
  await first.line(has('working'));
  await held.reached(1);
  first.child.kill('SIGTERM');
  expect(await first.ended).toMatchObject({ code: 0, stderr: '' });
  held.release();
  const left = await listSyncs(store.database, { integrationId: integration?.id ?? '', limit: 10 });
  expect(left).toMatchObject([{ state: 'RUNNING', progress: { listUsers: { isFinished: true } } }]);
  const second = startWorker(place);
  const synced: unknown = JSON.parse(await second.line(has('synced')));
  expect(synced).toMatchObject({ syncId: left[0]?.id, state: 'SUCCEEDED' });
});
