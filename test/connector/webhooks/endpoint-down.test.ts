// A receiver that is away for days, one whose secret is rotated, and what its operator does about it.
import { expect, test, vi } from 'vitest';
import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import { operate, operatedSince } from '../../support/operated.ts';
import { expectGenuine, startReceiver } from './support/receiver.ts';
import { secret } from './support/scene.ts';

type Webhook = UnifiedSchemas['Webhook'];
type Delivery = UnifiedSchemas['WebhookDelivery'];
const day = 24 * 3_600_000;

/** A connector that tries each event twice at once, and whose receiver hears of an account that is switched on and off. */
async function start() {
  const receiver = await startReceiver();
  const operated = await operate({}, { work: { webhooks: { delays: [0] } } });
  const { call, results, integrationId, clock } = operated;
  // The first sync, which the connector makes by itself, changes the state when it ends.
  const syncs = () => results<UnifiedSchemas['Sync']>(`/integrations/${integrationId}/syncs`);
  await vi.waitUntil(async () => (await syncs()).some(({ ended_at: end }) => end !== null), {
    timeout: 30_000,
  });
  const setUp = (body: object) =>
    call<Webhook>('PUT', '/webhooks', {
      url: receiver.url,
      event_types: ['integration-state-changed'],
      ...body,
    });
  const { data: webhook } = await setUp({ secret });
  const deliveries = async () =>
    (await results<Delivery>('/webhooks/deliveries'))
      .filter(({ webhook_id: id }) => id === webhook.id)
      .toReversed();
  const settled = () =>
    vi.waitUntil(async () => (await deliveries()).every(({ state }) => state !== 'PENDING'), {
      timeout: 20_000,
    });
  return {
    ...operated,
    receiver,
    webhook,
    setUp,
    deliveries,
    now: () => new Date(clock.now()).toISOString(),
    settled,
    /** Brings an event about, and waits until it has arrived or was given up. */
    happen: async (value: boolean) => {
      await call('PUT', `/integrations/${integrationId}/enabled`, { value });
      await settled();
    },
    /** What has arrived since a number of requests. */
    arrivedAfter: (count: number) => receiver.received.slice(count).map(({ event }) => event.data['state']),
    shown: async () => (await results<Webhook>('/webhooks')).find(({ id }) => id === webhook.id),
  };
}

/** The state that an event about an integration tells. */
function stateIn(payload: unknown): unknown {
  return (payload as { data: { state: unknown } }).data.state;
}

test('a receiver that is down for two days misses nothing, one that is down for three is switched off', async () => {
  const { receiver, webhook, clock, happen, settled, deliveries, shown, call, logged, now, arrivedAfter } =
    await start();
  const other = await startReceiver();
  const tellOther = { url: other.url, secret, event_types: ['webhook-switched-off'] };
  const recover = (since: string) =>
    call<{ events: number }>('POST', `/webhooks/${webhook.id}/recover`, { since });
  const goDown = () => {
    receiver.reply = (response) => response.writeHead(503).end();
  };
  const comeUp = () => {
    receiver.reply = (response) => response.writeHead(204).end();
  };
  goDown();
  await happen(false);
  clock.advance(2 * day);
  await happen(true);
  expect((await deliveries()).map(({ state }) => state)).toEqual(['FAILED', 'FAILED']);
  const failing = { is_enabled: true, failing_since: operatedSince, problem: expect.stringMatching(/503/) };
  expect(await shown()).toMatchObject(failing);

  // Recovered, they are tried as often as new ones.
  await recover(operatedSince);
  await settled();
  expect((await deliveries()).map(({ tries }) => tries.length)).toEqual([4, 4]);

  comeUp();
  expect((await recover(operatedSince)).data).toEqual({ events: 2 });
  await receiver.reached(10);
  // What has reached the receiver was not answered yet.
  await settled();
  expect(arrivedAfter(8)).toEqual(['INACTIVE', 'ACTIVE']);
  await vi.waitUntil(async () => (await shown())?.failing_since === null);
  expect((await recover(operatedSince)).data).toEqual({ events: 0 });

  goDown();
  const since = now();
  await happen(false);
  await call('PUT', '/webhooks', tellOther);
  clock.advance(3 * day);
  await happen(true);
  await vi.waitUntil(async () => (await shown())?.is_enabled === false);
  expect(await shown()).toMatchObject({ switched_off_at: now(), failing_since: since });
  const host = new URL(receiver.url).host;
  expect(logged.find((line) => line.includes('was switched off'))).toContain(`${webhook.id} at ${host}`);
  await other.reached(1);
  for (const received of other.received) await expectGenuine(received, secret);
  expect(other.received[0]?.event.data).toEqual({
    log_url: expect.stringMatching(/\/v1\/webhooks$/),
    webhook_id: webhook.id,
    host,
    failing_since: since,
    switched_off_at: now(),
    problem: expect.stringMatching(/503/),
  });
  expect(other.received[0]?.body).not.toContain('token');
  const before = receiver.received.length;
  await happen(false);
  expect((await deliveries()).at(-1)).toMatchObject({ state: 'FAILED', tries: [] });
  expect(receiver.received).toHaveLength(before);
  expect((await recover(since)).status).toBe(409);

  comeUp();
  const on = await call<Webhook>('PUT', `/webhooks/${webhook.id}/enabled`, { value: true });
  expect(on.data).toMatchObject({
    is_enabled: true,
    switched_off_at: null,
    failing_since: null,
    problem: null,
  });
  const missed = (await deliveries())
    .filter(({ state }) => state === 'FAILED')
    .map(({ payload }) => stateIn(payload));
  expect(missed.length).toBeGreaterThanOrEqual(3);
  expect((await recover(since)).data).toEqual({ events: missed.length });
  await happen(true);
  await receiver.reached(before + missed.length + 1);
  expect(arrivedAfter(before)).toEqual([...missed, 'ACTIVE']);
});

test('a webhook that is switched off is not called, and one of another id is not known', async () => {
  const { receiver, webhook, call, happen, deliveries, setUp } = await start();
  await call('PUT', `/webhooks/${webhook.id}/enabled`, { value: false });
  await happen(false);
  expect((await deliveries()).map(({ state }) => state)).toEqual(['FAILED']);
  expect(receiver.received).toEqual([]);
  expect((await setUp({ secret })).data).toMatchObject({ is_enabled: true });
  const unknown = '/webhooks/8d1hpPsbjxUkoCoa1veLZGe5';
  expect((await call('PUT', `${unknown}/enabled`, { value: true })).status).toBe(404);
  expect((await call('POST', `${unknown}/recover`, { since: '2026-06-01' })).status).toBe(404);
  expect((await call('POST', `/webhooks/${webhook.id}/recover`, { since: '2026-02-30' })).status).toBe(400);
});

test('while a secret is rotated, events carry the signatures of both, and then of the new one alone', async () => {
  const { receiver, setUp, happen, clock, shown } = await start();
  const newSecret = 'another secret that signs events';
  const signatures = () => {
    const last = receiver.received.at(-1);
    if (!last) throw new Error('nothing has come');
    const header = String(last.headers['x-mock-gem-signatures']);
    const { body, headers, event } = last;
    return { last, all: header.split(' ').map((signature) => ({ signature, body, headers, event })) };
  };
  const rotated = await setUp({ secret: newSecret, previous_secret_hours: 24 });
  const until = new Date(clock.now() + day).toISOString();
  expect(rotated.data).toMatchObject({ has_previous_secret: true, previous_secret_until: until });
  // The call that is repeated changes nothing.
  await setUp({ secret: newSecret, previous_secret_hours: 24 });
  await happen(false);
  const both = signatures();
  expect(both.all).toHaveLength(2);
  await expectGenuine(both.last, secret);
  for (const [index, right] of [secret, newSecret].entries()) {
    await expectGenuine(both.all[index] ?? both.last, right);
  }

  clock.advance(day);
  await happen(true);
  const alone = signatures();
  expect(alone.all).toHaveLength(1);
  await expectGenuine(alone.last, newSecret);
  expect(await shown()).toMatchObject({ has_previous_secret: false, previous_secret_until: null });
});
