// Whether an integration's data still goes with its settings, as `GET /integrations/{id}` tells it (kombo-unified-api §4.8).
import { expect, onTestFinished, test } from 'vitest';
import { startConnector, type ConnectOptions } from '../../../connector/server.ts';
import { fixedClock } from '../../../contracts/clock.ts';
import { oneOfEach } from '../../support/gem-records.ts';
import { answer, startStubGem } from '../../support/stub-gem.ts';

test('other settings make the data outdated, until a full sync has ended well that began after', async () => {
  const clock = fixedClock('2026-06-01T00:00:00.000Z');
  const stub = await startStubGem(oneOfEach());
  const connector = await startConnector({ port: 0, clock, checkAnswers: true, limits: 'off' });
  onTestFinished(() => connector.close());
  /** A minute later, connects with these settings. */
  const connect = async (settings: Partial<ConnectOptions> = {}) => {
    clock.advance(60_000);
    return connector.connect({ gem: { url: stub.url, apiKey: 'key' }, ...settings });
  };
  const { id } = await connect();
  const expiredAt = async () => {
    const headers = { Authorization: `Bearer ${connector.apiKey}` };
    const response = await fetch(`${connector.apiUrl}/integrations/${id}`, { headers });
    return ((await response.json()) as { data: { data_expired_at: string | null } }).data.data_expired_at;
  };

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
