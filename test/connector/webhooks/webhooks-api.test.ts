import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { eventTypes } from '../../../connector/webhooks/events.ts';
import { saveWebhook } from '../../../connector/store/queries/webhooks.ts';
import { createVault, type Vault } from '../../../connector/store/vault.ts';
import { startApi, type Api } from '../api/support/api.ts';
import { secret } from './support/scene.ts';

const url = 'https://receiver.example/hook?token=1';
const none = '8d1hpPsbjxUkoCoa1veLZGe5';

async function send({ url: at, apiKey }: Api, method: string, path: string, body?: unknown) {
  const response = await fetch(`${at}/v1${path}`, {
    method,
    headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as {
    data: Record<string, unknown>;
    error: { code: string; message: string };
  };
  return { ...answer, status: response.status };
}

test('a webhook is set up, changed by its address, listed and removed, and its secret never shown', async () => {
  const api = await startApi();
  const first = await send(api, 'PUT', '/webhooks', { url, secret });
  expect(first).toMatchObject({ status: 200, data: { url, event_types: eventTypes } });
  const second = await send(api, 'PUT', '/webhooks', { url, secret, event_types: ['sync-finished'] });
  expect(second.data).toEqual({ ...first.data, event_types: ['sync-finished'] });
  const listed = await send(api, 'GET', '/webhooks');
  expect(listed.data).toEqual({ results: [second.data] });
  expect(JSON.stringify([first, second, listed, api.logged])).not.toContain(secret);

  const path = `/webhooks/${String(first.data['id'])}`;
  expect((await send(await startApi(), 'DELETE', path)).status).toBe(404);
  expect(await send(api, 'DELETE', path)).toMatchObject({ status: 200, data: {} });
  expect(await send(api, 'DELETE', path)).toMatchObject({
    status: 404,
    error: { code: 'PLATFORM.INPUT_INVALID' },
  });
  expect((await send(api, 'GET', '/webhooks')).data).toEqual({ results: [] });
});

test('a secret is kept sealed', async () => {
  const api = await startApi();
  const vault: Vault = createVault({});
  const webhook = { environmentId: api.environmentId, url, secret, eventTypes, isSetting: false };
  await saveWebhook({ database: api.database, vault }, { ...webhook, at: '2026-01-01T00:00:00.000Z' });
  const { rows } = await sql<{ text: string; sealed: string }>`
    select row_to_json(webhooks)::text as text, secret as sealed from webhooks
    where environment_id = ${api.environmentId}
  `.execute(api.database);
  expect(rows[0]?.text).not.toContain(secret);
  expect(vault.open(rows[0]?.sealed ?? '')).toBe(secret);
});

test('a webhook is switched off and on, and what was not sent is sent on request, once it is on', async () => {
  const api = await startApi();
  const unknown = {
    status: 404,
    error: {
      code: 'PLATFORM.INPUT_INVALID',
      message: 'This environment has no webhook with this id. Take it from /webhooks.',
    },
  };
  const since = '2026-01-01T00:00:00.000Z';
  expect(await send(api, 'PUT', `/webhooks/${none}/enabled`, { value: true })).toMatchObject(unknown);
  expect(await send(api, 'POST', `/webhooks/${none}/recover`, { since })).toMatchObject(unknown);
  expect(await send(api, 'DELETE', `/webhooks/${none}`)).toMatchObject(unknown);

  const { data: first } = await send(api, 'PUT', '/webhooks', { url, secret });
  expect(first).toEqual({
    id: expect.any(String),
    url,
    event_types: eventTypes,
    created_at: expect.any(String),
    is_enabled: true,
    switched_off_at: null,
    failing_since: null,
    problem: null,
    has_previous_secret: false,
    previous_secret_until: null,
  });
  const path = `/webhooks/${String(first['id'])}`;
  const { data: off } = await send(api, 'PUT', `${path}/enabled`, { value: false });
  expect(off).toMatchObject({ is_enabled: false, switched_off_at: expect.any(String) });
  expect(await send(api, 'POST', `${path}/recover`, { since })).toMatchObject({
    status: 409,
    error: {
      code: null,
      message:
        'The webhook is switched off. Switch it on with PUT /webhooks/{webhook_id}/enabled and repeat the call.',
    },
  });
  const { data: on } = await send(api, 'PUT', `${path}/enabled`, { value: true });
  expect(on).toMatchObject({ is_enabled: true, switched_off_at: null });
  expect(await send(api, 'POST', `${path}/recover`, { since })).toMatchObject({
    status: 200,
    data: { events: 0 },
  });
  const odd = await send(api, 'POST', `${path}/recover`, { since: '2026-02-30' });
  expect([odd.status, odd.error.message]).toEqual([400, expect.stringMatching(/^body since /)]);

  const kept = { url, secret: 'another secret that signs', previous_secret_hours: 24 };
  const before = Date.now();
  const { data: rotated } = await send(api, 'PUT', '/webhooks', kept);
  expect(rotated).toMatchObject({ has_previous_secret: true });
  const hours = (Date.parse(String(rotated['previous_secret_until'])) - before) / 3_600_000;
  expect(Math.round(hours)).toBe(24);
});

test('what is to be delivered is listed, and sent again by its two ids alone', async () => {
  const api = await startApi();
  const { data: webhook } = await send(api, 'PUT', '/webhooks', { url, secret });
  await send(api, 'PUT', `/integrations/${encodeURIComponent(api.integrationId)}/enabled`, { value: false });
  const { data } = await send(api, 'GET', '/webhooks/deliveries');
  const [delivery] = data['results'] as Record<string, unknown>[];
  expect(data['results']).toEqual([
    {
      payload: expect.objectContaining({ type: 'integration-state-changed' }),
      event_id: expect.any(String),
      event_type: 'integration-state-changed',
      integration_id: api.integrationId,
      webhook_id: webhook['id'],
      url,
      state: 'PENDING',
      created_at: expect.any(String),
      next_try_at: expect.any(String),
      tries: [],
    },
  ]);
  const path = `/webhooks/deliveries/${String(delivery?.['event_id'])}/send-again`;
  expect(await send(api, 'POST', path, { webhook_id: webhook['id'] })).toMatchObject({
    status: 200,
    data: {},
  });
  expect(await send(api, 'POST', path, { webhook_id: none })).toMatchObject({
    status: 404,
    error: {
      code: 'PLATFORM.INPUT_INVALID',
      message: 'This environment has no such delivery. Take both ids from /webhooks/deliveries.',
    },
  });
});

test('the webhooks and deliveries of another environment cannot be seen', async () => {
  await send(await startApi(), 'PUT', '/webhooks', { url, secret });
  const other = await startApi();
  expect((await send(other, 'GET', '/webhooks')).data).toEqual({ results: [] });
  expect((await send(other, 'GET', '/webhooks/deliveries')).data).toEqual({ results: [] });
});

describe('refused is', () => {
  test.each([
    ['an address that is none', { url: 'not an address', secret }, /http or https/],
    ['another scheme', { url: 'ftp://receiver.example/', secret }, /http or https/],
    ['an address with a password', { url: 'https://user:hidden-word@receiver.example/', secret }, /password/],
    ['a secret that is short', { url, secret: 'short' }, /secret/],
    ['an unknown type', { url, secret, event_types: ['anything'] }, /event_types/],
    ['no type at all', { url, secret, event_types: [] }, /event_types/],
  ])('%s', async (_, body, message) => {
    const api = await startApi();
    const { status, error } = await send(api, 'PUT', '/webhooks', body);
    expect(status).toBe(400);
    expect(error).toMatchObject({ code: 'PLATFORM.INPUT_INVALID', message: expect.stringMatching(message) });
    expect(error.message).not.toContain('hidden-word');
  });
});
