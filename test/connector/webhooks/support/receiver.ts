// Somebody who is told of events, on a real socket.
import type { ServerResponse } from 'node:http';
import { Kombo } from '@kombo-api/sdk';
import { expect, onTestFinished } from 'vitest';
import { unifiedDescription } from '../../../../contracts/unified.ts';
import { createValidator } from '../../../../contracts/validator.ts';
import { listen } from '../../../../contracts/server/listen.ts';

/** An event as it came. */
export interface Received {
  signature: string;
  body: string;
  headers: NodeJS.Dict<string | string[]>;
  event: { id: string; type: string; data: Record<string, unknown> };
}

export interface Receiver {
  url: string;
  /** What came so far, whatever was answered. */
  received: Received[];
  /** Answers what comes. */
  reply: (response: ServerResponse, received: Received) => void;
  /** Resolves once so many events have come. */
  reached(count: number): Promise<void>;
  types(): string[];
  close(): Promise<void>;
}

/** Starts a receiver that takes everything. It ends with the test. */
export async function startReceiver(port = 0): Promise<Receiver> {
  const watchers = new Set<() => void>();
  const receiver: Receiver = {
    url: '',
    received: [],
    reply: (response) => response.writeHead(204).end(),
    reached: (count) =>
      new Promise((resolve) => {
        const watch = () => receiver.received.length >= count && resolve();
        watchers.add(watch);
        watch();
      }),
    types: () => receiver.received.map(({ event }) => event.type),
    close: async () => {},
  };
  const { url, close } = await listen({ host: '127.0.0.1', port }, () => (request, response) => {
    const chunks: Uint8Array[] = [];
    request.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const received: Received = {
        signature: String(request.headers['x-kombo-signature']),
        body,
        headers: request.headers,
        event: JSON.parse(body),
      };
      receiver.received.push(received);
      receiver.reply(response, received);
      for (const watch of watchers) watch();
    });
  });
  onTestFinished(close);
  return Object.assign(receiver, { url: `${url}/hook?token=of-the-receiver`, close });
}

/**
 * Holds an event against everything that is known of it: its signature, by another implementation than the connector's;
 * the official client; and the description.
 */
export async function expectGenuine({ signature, body, event }: Received, secret: string): Promise<void> {
  // 32 bytes take 43 characters, and no padding.
  expect(signature).toMatch(/^[\w-]{43}$/);
  const bytes = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', bytes.encode(secret), algorithm, false, ['verify']);
  const isGenuine = await crypto.subtle.verify(
    'HMAC',
    key,
    Buffer.from(signature, 'base64url'),
    bytes.encode(body),
  );
  expect(isGenuine).toBe(true);

  expect(validator.schema(schemaOf(event.type), event)).toEqual([]);
  if (unknownToClients.has(event.type)) return;
  // The client wants the header and the body wrapped up in one.
  const wrapped = JSON.stringify({ 'X-Kombo-Signature': signature, body: event });
  const request = { method: 'POST', url: 'http://receiver', headers: {}, body: wrapped };
  const told = await new Kombo({ api_key: 'any' }).validateWebhook({ request });
  expect(told.body).toMatchObject({ id: event.id, type: event.type });
}

/** The official clients are older than issues (kombo-unified-api §4.10), and the others are the connector's own. */
export const unknownToClients: ReadonlySet<string> = new Set([
  'issue-status-changed',
  'schema-drift-found',
  'webhook-switched-off',
]);

const validator = createValidator(unifiedDescription, { unknownFields: 'refuse' });

/** `sync-finished` → `SyncFinishedEvent`. */
function schemaOf(type: string): string {
  const words = type.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${words.join('')}Event`;
}
