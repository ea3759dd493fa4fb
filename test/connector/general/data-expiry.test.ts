// Whether an integration's data still goes with its settings, as `GET /integrations/{id}` tells it (kombo-unified-api §4.8).
import { expect, onTestFinished, test } from 'vitest';
import { startConnector, type ConnectOptions } from '../../../connector/server.ts';
import { fixedClock } from '../../../contracts/clock.ts';
import { oneOfEach } from '../../support/gem-records.ts';
import { answer, startStubGem } from '../../support/stub-gem.ts';
import { placeOnPostgres } from '../../support/databases.ts';

test('other settings make the data outdated, until a full sync has ended well that began after', async () => {
  const { stub, connector, id, connect, expiredAt } = await connected();

  // What has not been read yet cannot be outdated, and the same settings change nothing.
  await connect({ isRemoteDataEnabled: true });
  expect(await expiredAt()).toBeNull();
  await connector.sync(id);
  await connect({ isRemoteDataEnabled: true });
  expect(await expiredAt()).toBeNull();

  await connect({ isRemoteDataEnabled: true, isCreatedOnly: true });
  expect(await expiredAt()).toBe('2026-06-01T00:04:00.000Z');
  stub.intercept = (_request, response) => answer(response, 403, { message: 'Forbidden' });
  await connector.sync(id);
  expect(await expiredAt()).toBe('2026-06-01T00:04:00.000Z');
  stub.intercept = () => false;
  await connector.sync(id);
  expect(await expiredAt()).toBeNull();

  // A sync that runs meanwhile brought what the settings were when it began.
  await connect({ isRemoteDataEnabled: false });
  expect(await expiredAt()).toBe('2026-06-01T00:05:00.000Z');
  await connector.sync(id);
  expect(await expiredAt()).toBeNull();
  let changed: Promise<unknown> | undefined;
  stub.intercept = (request) => {
    if (request.url?.startsWith('/ats/v0/jobs') === true) {
      changed ??= connect({ isRemoteDataEnabled: true });
    }
    return false;
  };
  await connector.sync(id);
  await changed;
  expect(await expiredAt()).toBe('2026-06-01T00:06:00.000Z');
});

test('the next sync after remote data is switched on is a full one, whatever was asked for, and fills it in', async () => {
  const { stub, connector, id, connect, expiredAt, remoteData } = await connected();
  // Nothing changes at Gem.
  stub.intercept = ({ url = '' }, response) => url.includes('_after=') && answer(response, 200, []);
  await connector.sync(id);
  expect((await connector.sync(id, { type: 'DELTA' })).type).toBe('DELTA');
  expect(await remoteData()).toEqual([null, null]);

  await connect({ isRemoteDataEnabled: true });
  expect(await remoteData()).toEqual([null, null]);
  expect((await connector.sync(id, { type: 'DELTA' })).type).toBe('FULL');
  const shown = (stub.lists.listUsers ?? []).map((user) => ({ '/users/': user }));
  expect(await remoteData()).toEqual(expect.arrayContaining(shown));
  expect(await expiredAt()).toBeNull();
  expect((await connector.sync(id, { type: 'DELTA' })).type).toBe('DELTA');

  // Switched off, it is to be gone after the next sync too (kombo-unified-api §4.9).
  await connect({ isRemoteDataEnabled: false });
  expect((await connector.sync(id, { type: 'DELTA' })).type).toBe('FULL');
  expect(await remoteData()).toEqual([null, null]);
});

test('who asks for a delta sync of outdated data is told that it will be a full one', async () => {
  const { connector, id, connect, expiredAt } = await connected();
  await connector.sync(id);
  await connect({ isCreatedOnly: true });
  const { sync_id, type } = await connector.requestSync(id, 'DELTA');
  expect(type).toBe('FULL');
  expect(await connector.sync(id)).toMatchObject({ syncId: sync_id, state: 'SUCCEEDED' });
  expect(await expiredAt()).toBeNull();
  expect((await connector.requestSync(id, 'DELTA')).type).toBe('DELTA');
});

/** An account that is connected and not yet synced, and what its integration tells. */
async function connected() {
  const clock = fixedClock('2026-06-01T00:00:00.000Z');
  const stub = await startStubGem(oneOfEach());
  const connector = await startConnector({
    ...(await placeOnPostgres()),
    port: 0,
    clock,
    checkAnswers: true,
    limits: 'off',
  });
  onTestFinished(() => connector.close());
  /** A minute later, connects with these settings. */
  const connect = async (settings: Partial<ConnectOptions> = {}) => {
    clock.advance(60_000);
    return connector.connect({ gem: { url: stub.url, apiKey: 'key' }, ...settings });
  };
  const { id } = await connect();
  const read = async <Data>(path: string) => {
    const headers = { Authorization: `Bearer ${connector.apiKey}`, 'X-Integration-Id': id };
    const response = await fetch(`${connector.apiUrl}${path}`, { headers });
    // The connector holds its answers against the description.
    return ((await response.json()) as { data: Data }).data;
  };
  return {
    stub,
    connector,
    id,
    connect,
    expiredAt: async () =>
      (await read<{ data_expired_at: string | null }>(`/integrations/${id}`)).data_expired_at,
    /** Of each user. */
    remoteData: async () =>
      (await read<{ results: { remote_data: unknown }[] }>('/ats/users')).results.map(
        ({ remote_data }) => remote_data,
      ),
  };
}
