import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  startWebhookCatcher,
  webhookLine,
  type CaughtWebhook,
  type WebhookCatcher,
} from '../../../mock-server/cli/dev/webhook-catcher.ts';

let catcher: WebhookCatcher;
const caught: CaughtWebhook[] = [];
beforeAll(async () => {
  catcher = await startWebhookCatcher({
    port: 0,
    secret: 'the secret',
    onWebhook: (webhook) => caught.push(webhook),
  });
});
afterAll(() => catcher.close());

const event = {
  id: '1',
  type: 'sync-finished',
  data: {
    sync_id: 's1',
    sync_state: 'SUCCEEDED',
    integration_id: 'gem:1',
    end_user: { organization_name: 'Halden Robotics' },
  },
};

/** Sends a webhook. @returns what the catcher says of it, without the time */
async function send(body: string, signature?: string): Promise<string> {
  const headers: Record<string, string> = signature === undefined ? {} : { 'X-Kombo-Signature': signature };
  const { status } = await fetch(catcher.url, { method: 'POST', body, headers });
  expect(status).toBe(204);
  const last = caught.at(-1);
  return last ? webhookLine(last).slice('2026-11-16 09:00:00  '.length) : '';
}

test('a webhook is shown with its type, its signature held against the secret, and the main words of its body', async () => {
  const body = JSON.stringify(event);
  const signature = createHmac('sha256', 'the secret').update(body).digest('base64url');
  const words = 'SUCCEEDED · gem:1 · Halden Robotics';
  expect(await send(body, signature)).toBe(`webhook sync-finished  signature verified  ${words}`);
  expect(
    await send(
      body,
      signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')),
    ),
  ).toBe(`webhook sync-finished  signature wrong  ${words}`);
  expect(await send(body)).toBe(`webhook sync-finished  signature missing  ${words}`);
  expect(caught.at(-1)?.body).toEqual(event);
});

test('changed models are named', async () => {
  const changed = {
    ...event,
    type: 'data-changed',
    data: { changed_models: [{ name: 'ats_jobs' }, { name: 'ats_users' }] },
  };
  expect(await send(JSON.stringify(changed))).toContain(
    'webhook data-changed  signature missing  ats_jobs, ats_users',
  );
});

test('what is no event is taken and shown too, without what would act on a terminal', async () => {
  expect(await send('\u001b[31mplain')).toBe(
    String.raw`webhook (no event)  signature missing  \u001b[31mplain`,
  );
  expect(await send('')).toBe('webhook (no event)  signature missing');
});

test('what came is listed in words and as JSON', async () => {
  await send(JSON.stringify(event));
  const page = await fetch(new URL('/', catcher.url));
  expect(page.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect((await page.text()).trimEnd().split('\n').at(-1)).toContain('webhook sync-finished');
  const listed = (await (await fetch(catcher.url)).json()) as CaughtWebhook[];
  expect(listed.at(-1)).toMatchObject({ type: 'sync-finished', signature: 'missing', body: event });
});
