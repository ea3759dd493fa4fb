// Whole processes that use one key of Gem, against a gateway that holds them to its limit.
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../../contracts/clock.ts';
import { connectIntegration } from '../../../connector/connect/connect-integration.ts';
import { openStore } from '../../../connector/store/open-store.ts';
import { createEnvironment } from '../../../connector/store/queries/environments.ts';
import { listSyncs } from '../../../connector/store/queries/syncs.ts';
import { awaitSync } from '../../../connector/work/request-sync.ts';
import { placeOnPostgres } from '../../support/databases.ts';
import type { MockGem } from '../../../mock-server/server.ts';
import { startGem } from '../../support/gem.ts';
import { root, run } from '../../support/process.ts';

const main = `${root}/connector/main.ts`;
const has = (event: string) => (line: string) => line.includes(`"event":"${event}"`);

/** Each is a customer of its own who has connected the same account: so many syncs go on at once with one key. */
const environments = Array.from({ length: 8 }, (_, number) => `environment-${number}`);

/** Four workers and an API that all use one key, of which Gem takes 20 calls a second and 80 at once. */
async function start(flags: readonly string[]) {
  const gem = await startGem({
    scenario: 'default',
    switches: { rate_limit: { per_second: 20, burst: 80 } },
  });
  const place = await placeOnPostgres();
  const store = await openStore(place);
  onTestFinished(store.close);
  const ids: string[] = [];
  for (const [number, id] of environments.entries()) {
    const createdAt = '2026-01-01T00:00:00.000Z';
    await createEnvironment(store.database, { id, name: id, apiKey: `key-${number}`, createdAt });
    const integration = await connectIntegration({
      store,
      clock: systemClock,
      environmentId: id,
      gem: { url: gem.url, apiKey: gem.apiKey },
      endUserOrganizationName: id,
      isRemoteDataEnabled: false,
    });
    ids.push(integration.id);
  }
  const env = {
    DATABASE_URL: place.databaseUrl,
    CONNECTOR_ENCRYPTION_KEY: place.encryptionKey,
    GEM_API_KEY: '',
  };
  const every = ['--json', ...flags];
  const api = run('node', [main, ...every, '--role', 'api', '--port', '0'], { env });
  const { apiUrl }: { apiUrl: string } = JSON.parse(await api.line(has('listening')));
  for (let worker = 0; worker < 4; worker += 1) {
    run('node', [main, ...every, '--role', 'worker', '--check-every', '1'], { env });
  }
  return { gem, store, ids, apiUrl };
}

test('four workers and an API on one key are never throttled, and an action does not wait for the syncs', async () => {
  const { gem, store, ids, apiUrl } = await start(['--gem-burst', '20']);
  await expect.poll(async () => (await countCalls(gem)).all, { timeout: 60_000 }).toBeGreaterThan(60);
  const asked = performance.now();
  const answer = await fetch(`${apiUrl}/passthrough/gem/api`, {
    method: 'POST',
    headers: {
      Authorization: 'Bearer key-0',
      'X-Integration-Id': ids[0] ?? '',
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({ method: 'GET', path: '/users/' }),
  });
  expect(answer.status).toBe(200);
  const waited = performance.now() - asked;
  const signal = new AbortController().signal;
  for (const id of ids) {
    const [sync] = await listSyncs(store.database, { integrationId: id, limit: 1 });
    expect(await awaitSync(store, sync?.id ?? '', { signal })).toMatchObject({ state: 'SUCCEEDED' });
  }
  const { all, throttled } = await countCalls(gem);
  // So many that a limit of each process would not have held them.
  expect(all).toBeGreaterThan(160);
  expect(throttled).toBe(0);
  expect(waited).toBeLessThan(8000);
}, 120_000);

test('the same processes are throttled when they ask for as much as four that each keep to a limit of their own', async () => {
  const { gem } = await start(['--gem-rate', '80', '--gem-burst', '80']);
  await expect.poll(async () => (await countCalls(gem)).throttled, { timeout: 60_000 }).toBeGreaterThan(0);
}, 120_000);

async function countCalls({ url }: MockGem): Promise<{ all: number; throttled: number }> {
  const [all, throttled] = await Promise.all(
    [{}, { status: 429 }].map(async (match) => {
      const answer = await fetch(`${url}/_control/worlds/default/requests/find`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(match),
      });
      const { count } = (await answer.json()) as { count: number };
      return count;
    }),
  );
  return { all: all ?? 0, throttled: throttled ?? 0 };
}
