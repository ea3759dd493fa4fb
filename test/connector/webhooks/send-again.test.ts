// An event that is sent once more.
import { expect, onTestFinished, test } from 'vitest';
import { startConnector } from '../../../connector/server.ts';
import { placeOnPostgres } from '../../support/databases.ts';
import { oneOfEach } from '../../support/gem-records.ts';
import { startStubGem } from '../../support/stub-gem.ts';
import { expectGenuine, startReceiver } from './support/receiver.ts';
import { secret } from './support/scene.ts';

test('an event that has arrived is sent again, as it was, and both attempts are told', async () => {
  const stub = await startStubGem(oneOfEach());
  const receiver = await startReceiver();
  const connector = await startConnector({
    ...(await placeOnPostgres()),
    port: 0,
    isWorker: true,
    checkAnswers: true,
    limits: 'off',
    allowPrivateAddresses: true,
    webhooks: [{ url: receiver.url, secret, eventTypes: ['integration-state-changed'] }],
    work: { checkEverySeconds: 1 },
  });
  onTestFinished(connector.close);
  const call = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${connector.apiUrl}${path}`, {
      method,
      headers: { Authorization: `Bearer ${connector.apiKey}`, 'Content-Type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const { data } = (await response.json()) as { data: { results: Delivery[] } };
    return { status: response.status, data };
  };
  const { id } = await connector.connect({
    gem: { url: stub.url, apiKey: 'a-key', applicationSecret: null },
    jobBoardVanity: null,
    endUserOrganizationName: 'Halden Robotics',
    isRemoteDataEnabled: false,
  });
  await call('PUT', `/integrations/${id}/enabled`, { value: false });
  const listed = async () => (await call('GET', '/webhooks/deliveries')).data.results[0];
  const first = await listed();
  const path = `/webhooks/deliveries/${first?.event_id}/send-again`;
  expect((await call('POST', path, { webhook_id: first?.webhook_id })).status).toBe(200);
  await receiver.reached(1);
  expect((await call('POST', path, { webhook_id: first?.webhook_id })).status).toBe(200);
  await receiver.reached(2);
  const [one, other] = receiver.received;
  expect(other?.body).toBe(one?.body);
  for (const received of receiver.received) await expectGenuine(received, secret);
  expect(first?.payload).toEqual(one?.event);
  expect((await call('POST', path, { webhook_id: first?.event_id })).status).toBe(404);
});

interface Delivery {
  event_id: string;
  webhook_id: string;
  payload: object;
}
