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

test('four workers and an API on one key are never throttled, and an action does not wait for the syncs', async () => {
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
  const flags = ['--json', '--gem-burst', '20'];
  const api = run('node', [main, ...flags, '--role', 'api', '--port', '0'], { env });
  const { apiUrl }: { apiUrl: string } = JSON.parse(await api.line(has('listening')));
  const before = await countCalls(gem);
  for (let worker = 0; worker < 4; worker += 1) {
    run('node', [main, ...flags, '--role', 'worker', '--check-every', '1'], { env });
  }
  await expect
    .poll(async () => (await countCalls(gem)).all - before.all, { timeout: 40_000 })
    .toBeGreaterThan(60);
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
  expect((await countCalls(gem)).throttled).toBe(0);
  expect(waited).toBeLessThan(8000);
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
