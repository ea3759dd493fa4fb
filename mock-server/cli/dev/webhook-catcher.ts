import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { toInstant } from '../../../contracts/clock.ts';
import { visible } from '../../../contracts/harness/report/show-value.ts';
import { listen } from '../../../contracts/server/listen.ts';
import { machineClock } from '../../machine/time.ts';

/** A webhook that came. */
export interface CaughtWebhook {
  /** When, by this machine's clock. */
  at: string;
  /** What it tells of, such as `sync-finished`; null where it is no event. */
  type: string | null;
  /** Whether its signature is that of the secret; `missing` where it has none. */
  signature: 'verified' | 'wrong' | 'missing';
  /** What was sent: JSON where it is JSON, otherwise the text. */
  body: unknown;
}

/** Catches webhooks on this machine. */
export interface WebhookCatcher {
  /** Where they are to be sent. */
  url: string;
  close(): Promise<void>;
}

/**
 * Starts a receiver of webhooks that takes everything, holds its signature against the secret (kombo-unified-api §4.7), and
 * lists what came: in words at `/`, as JSON at `/webhooks`.
 *
 * @param port 0 takes any free one
 * @param onWebhook is told of each as it comes
 * @throws PortTaken
 */
export async function startWebhookCatcher({
  host = '127.0.0.1',
  port,
  secret,
  onWebhook,
}: {
  host?: string;
  port: number;
  secret: string;
  onWebhook: (webhook: CaughtWebhook) => void;
}): Promise<WebhookCatcher> {
  const caught: CaughtWebhook[] = [];
  const { url, close } = await listen({ host, port }, () => async (request, response) => {
    const path = request.url?.split('?')[0];
    if (request.method === 'POST') {
      const body = await readBody(request);
      // A sender that breaks off waits for no answer.
      if (body === undefined) return;
      const webhook = understand(body, request.headers['x-kombo-signature'], secret);
      caught.push(webhook);
      if (caught.length > maxWebhooks) caught.shift();
      response.writeHead(204).end();
      onWebhook(webhook);
    } else if (path === '/webhooks') {
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(caught, null, 2));
    } else {
      const lines = caught.map((webhook) => `${webhookLine(webhook)}\n`);
      const text = lines.length === 0 ? 'No webhook has come yet.\n' : lines.join('');
      response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' }).end(text);
    }
  });
  return { url: `${url}/webhooks`, close };
}

/** A webhook as one line for people: `2026-11-16 09:00:00  webhook sync-finished  signature verified  SUCCEEDED · …`. */
export function webhookLine({ at, type, signature, body }: CaughtWebhook): string {
  const time = at.slice(0, 19).replace('T', ' ');
  const words = mainWords(body);
  const line = [time, `webhook ${type ?? '(no event)'}`, `signature ${signature}`, words].filter(
    (part) => part !== '',
  );
  return visible(line.join('  '));
}

/** What its data says first, without ids of runs and links. */
function mainWords(body: unknown): string {
  const data = isObject(body) && isObject(body['data']) ? body['data'] : undefined;
  if (!data) return typeof body === 'string' ? body.slice(0, 80) : '';
  const models = Array.isArray(data['changed_models']) ? data['changed_models'] : [];
  const names = models.map((model) => (isObject(model) ? model['name'] : model));
  const states = ['sync_state', 'state', 'setup_status', 'qa_status'].map((key) => data[key]);
  const user = isObject(data['end_user']) ? data['end_user']['organization_name'] : undefined;
  const told = [...states, names.join(', '), data['integration_id'] ?? data['id'], user];
  return told.filter((word) => typeof word === 'string' && word !== '').join(' · ');
}

function understand(text: string, header: string | string[] | undefined, secret: string): CaughtWebhook {
  const body = readJson(text);
  const type = isObject(body) && typeof body['type'] === 'string' ? body['type'] : null;
  const signature =
    header === undefined ? 'missing' : isSigned(text, String(header), secret) ? 'verified' : 'wrong';
  return { at: toInstant(machineClock.now()), type, signature, body };
}

function isSigned(text: string, given: string, secret: string): boolean {
  const expected = Buffer.from(createHmac('sha256', secret).update(text, 'utf8').digest('base64url'));
  const written = Buffer.from(given);
  return written.length === expected.length && timingSafeEqual(written, expected);
}

/** @returns undefined when it breaks off, or is longer than any event */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request) {
      if (!(chunk instanceof Uint8Array)) continue;
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > maxBytes) {
        request.destroy();
        return undefined;
      }
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Webhooks that are remembered. */
const maxWebhooks = 200;

/** Bytes of a webhook; real ones have a thousand or two. */
const maxBytes = 1024 * 1024;
