// A process of its own: node:http with nothing on top. It asks the emulator once for every answer, keeps the bytes
// and sends them again; what it manages is what any server of these bytes could at best.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the parent is told once the server listens. */
export interface BareStarted {
  url: string;
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  bytes: Buffer;
}

const origin = process.argv[2] ?? '';
const answers = new Map<string, Answer>();

const server = createServer((request, response) => {
  const key = `${request.method} ${request.url}`;
  const kept = answers.get(key);
  // What it knows it sends at once, a body apart, which it has to read as any server has to.
  if (kept && request.method === 'GET') send(response, kept);
  else void learn(key, request, response);
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ url: `http://127.0.0.1:${port}` } satisfies BareStarted);
});
process.on('disconnect', () => process.exit());

async function learn(key: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request);
  const answer = answers.get(key) ?? (await ask(request, body));
  answers.set(key, answer);
  send(response, answer);
}

function send(response: ServerResponse, { status, headers, bytes }: Answer): void {
  response.writeHead(status, headers).end(bytes);
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  if (request.method === 'GET') return undefined;
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function ask(request: IncomingMessage, body: Buffer | undefined): Promise<Answer> {
  const response = await fetch(`${origin}${request.url}`, {
    method: request.method ?? 'GET',
    headers: { 'X-API-Key': String(request.headers['x-api-key']), 'Content-Type': 'application/json' },
    ...(body && { body: new Uint8Array(body) }),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  return {
    status: response.status,
    headers: {
      'Content-Type': 'application/json',
      'Content-Length': String(bytes.length),
      'X-Pagination': response.headers.get('X-Pagination') ?? '{}',
    },
    bytes,
  };
}
