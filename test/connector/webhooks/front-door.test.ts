// The whole connector: every event, brought about by what callers and customers do, and sent by a worker.
import { expect, onTestFinished, test } from 'vitest';
import { startConnector, type Connector } from '../../../connector/server.ts';
import { eventTypes } from '../../../connector/webhooks/events.ts';
import { oneOfEach, userRecord } from '../../support/gem-records.ts';
import { answer, startStubGem } from '../../support/stub-gem.ts';
import { placeOnPostgres } from '../../support/databases.ts';
import { askForLink, newConnection, submit } from '../connect/support/link.ts';
import { expectGenuine, startReceiver } from './support/receiver.ts';
import { secret } from './support/scene.ts';

function callerOf({ apiUrl, apiKey }: Connector) {
  return async (path: string, init?: RequestInit) => {
    const headers = { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' };
    const response = await fetch(`${apiUrl}${path}`, { ...init, headers });
    return { status: response.status, body: (await response.json()) as { data: { results: object[] } } };
  };
}

test('every event comes, to a webhook that was given at the start', async () => {
  const stub = await startStubGem({
    ...oneOfEach(),
    listUsers: [userRecord('user-1', { site_admin: true })],
  });
  const receiver = await startReceiver();
  const connector = await startConnector({
    ...(await placeOnPostgres()),
    port: 0,
    isWorker: true,
    checkAnswers: true,
    limits: 'off',
    allowPrivateAddresses: true,
    webhooks: [{ url: receiver.url, secret }],
    connections: { gemUrl: stub.url },
    work: { checkEverySeconds: 1 },
  });
  onTestFinished(connector.close);
  const call = callerOf(connector);

  stub.intercept = (_, response) => answer(response, 401, { message: 'Unauthorized' });
  const link = await askForLink({ unified: call }, '/connect/create-link', newConnection);
  expect((await submit(link, 'key', { key: 'a wrong key' })).status).toBe(422);
  stub.intercept = () => false;
  await submit(link, 'key', { key: 'the right key' });
  await submit(link, 'finish', { user: 'user-1' });
  await receiver.reached(5);
  // Several events are told at once, and any of them may come first.
  const told = (type: string) => receiver.received.find(({ event }) => event.type === type)?.event;
  const endUser = {
    organization_name: newConnection.end_user_organization_name,
    creator_email: newConnection.end_user_email,
    origin_id: newConnection.end_user_origin_id,
  };
  expect(told('connection-flow-failed')).toMatchObject({
    type: 'connection-flow-failed',
    data: { end_user: endUser, log_url: `${connector.url}/connect/guide` },
  });
  expect(told('integration-created')).toMatchObject({ data: { end_user: endUser } });

  const path = `/integrations/${String(told('data-changed')?.data['integration_id'])}`;
  expect((await call(`${path}/enabled`, { method: 'PUT', body: '{"value":false}' })).status).toBe(200);
  expect((await call(path, { method: 'DELETE', body: '{}' })).status).toBe(200);
  await receiver.reached(7);
  expect(receiver.types().toSorted()).toEqual(
    [
      'connection-flow-failed',
      'integration-created',
      'data-changed',
      'integration-state-changed',
      'sync-finished',
      'integration-state-changed',
      'integration-deleted',
    ].toSorted(),
  );
  // `issues.test.ts`, `drift.test.ts` and `endpoint-down.test.ts` bring about those that are missing.
  const elsewhere = ['issue-status-changed', 'schema-drift-found', 'webhook-switched-off'];
  expect(new Set([...receiver.types(), ...elsewhere])).toEqual(new Set(eventTypes));
  for (const received of receiver.received) await expectGenuine(received, secret);
  const { body } = await call('/webhooks/deliveries');
  expect(body.data.results).toContainEqual(expect.objectContaining({ event_type: 'integration-deleted' }));
});

test('what is given at the start is gone when it is not given any more, and what callers set up stays', async () => {
  const place = await placeOnPostgres();
  const start = (urls: string[]) =>
    startConnector({ port: 0, ...place, webhooks: urls.map((url) => ({ url, secret })) });
  const first = await start(['https://one.example/', 'https://two.example/']);
  const body = JSON.stringify({ url: 'https://own.example/', secret });
  await callerOf(first)('/webhooks', { method: 'PUT', body });
  await first.close();
  const second = await start(['https://two.example/']);
  const { body: listed } = await callerOf(second)('/webhooks');
  await second.close();
  expect(listed.data.results).toMatchObject([
    { url: 'https://two.example/', event_types: eventTypes },
    { url: 'https://own.example/', event_types: eventTypes },
  ]);
});
