// A mirror that is slow, or does not answer, keeps nobody: what cannot be compared is said.
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { Exchange } from '../../../contracts/harness/gem/watch/watch.ts';
import { Mirror, type MirrorOutcome } from '../../../mock-server/watch/mirror.ts';
import type { RawExchange } from '../../../mock-server/watch/proxy.ts';

/** A mirror whose world answers each call with this status; without one, never. */
async function mirrorOf(
  status?: number,
  lull?: { comes: () => Promise<void> },
): Promise<{ mirror: Mirror; told: string[]; paths: string[] }> {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url ?? '');
    if (status !== undefined) response.writeHead(status).end('{"id":"Q2FuZGlkYXRlOjI"}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const told: string[] = [];
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const tell = (operation: string, outcome: MirrorOutcome) =>
    void told.push('because' in outcome ? `${operation}: ${outcome.because}` : `${operation} compared`);
  const world = { name: 'a', url, key: 'k', has: async () => true };
  return { mirror: new Mirror(world, tell, lull), told, paths };
}

function add(mirror: Mirror, target: string, { method = 'PATCH', status = 200, bytes = 2 } = {}): void {
  const answer = {
    status,
    headers: new Headers(),
    text: '{"id":"Q2FuZGlkYXRlOjE"}',
    body: { id: 'Q2FuZGlkYXRlOjE' },
  };
  const body = method === 'GET' ? undefined : { title: 'x' };
  const exchange: Exchange = { method, target, headers: {}, body, answer };
  const raw: RawExchange = {
    method,
    target,
    requestHeaders: { 'content-type': 'application/json' },
    requestBody: Buffer.alloc(body ? bytes : 0, ' '),
    status,
    answerHeaders: {},
    answerBody: Buffer.alloc(0),
  };
  mirror.add(exchange, raw);
}

test('calls wait in a queue that has an end, by their number and by their size', async () => {
  const [many, large] = [await mirrorOf(), await mirrorOf()];
  for (let number = 0; number < 510; number += 1) add(many.mirror, '/ats/v0/candidates/a');
  expect(new Set(many.told)).toEqual(new Set(['updateCandidate: the mirror is too far behind']));
  expect(many.mirror.waiting).toBe(500);
  for (let number = 0; number < 4; number += 1)
    add(large.mirror, '/ats/v0/candidates/a', { bytes: 30 * 1024 * 1024 });
  expect(large.told).toEqual(['updateCandidate: the mirror is too far behind']);
});

test('it sends nothing while others pass, and compares nothing', async () => {
  const lulls = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const asked: number[] = [];
  const comes = () => {
    asked.push(asked.length);
    return lulls[asked.length - 1]?.promise ?? Promise.resolve();
  };
  const { mirror, told, paths } = await mirrorOf(200, { comes });
  add(mirror, '/ats/v0/candidates/a');
  expect([asked.length, paths]).toEqual([1, []]);
  lulls[0]?.resolve();
  await expect.poll(() => asked.length).toBe(2);
  expect([paths, told]).toEqual([['/ats/v0/candidates/a'], []]);
  lulls[1]?.resolve();
  await mirror.finish(10_000);
  expect(told).toEqual(['updateCandidate compared']);
});

test('a read of what a write before it made known is compared, however far behind the mirror is', async () => {
  const { mirror, told, paths } = await mirrorOf(201);
  add(mirror, '/ats/v0/candidates/', { method: 'POST', status: 201 });
  for (const id of ['Q2FuZGlkYXRlOjE', 'b']) add(mirror, `/ats/v0/candidates/${id}`, { method: 'GET' });
  add(mirror, '/ats/v0/candidates/b', { method: 'GET', status: 500 });
  await mirror.finish(10_000);
  expect(paths).toEqual(['/ats/v0/candidates/', '/ats/v0/candidates/Q2FuZGlkYXRlOjI']);
  expect(told).toEqual(['createCandidate compared', 'getCandidate compared']);
});

test('at the end it waits for what is left, and not for ever', async () => {
  const { mirror, told } = await mirrorOf();
  add(mirror, '/ats/v0/candidates/a');
  add(mirror, '/ats/v0/candidates/b');
  await mirror.finish(1);
  expect(told).toEqual([
    'updateCandidate: the mirror does not answer',
    'updateCandidate: watch ended before',
  ]);
});

test('what the mirror holds back for its own limit says nothing of Gem', async () => {
  const { mirror, told } = await mirrorOf(429);
  add(mirror, '/ats/v0/candidates/a');
  await mirror.finish(10_000);
  expect(told).toEqual(['updateCandidate: the mirror has a rate limit, and it was met']);
});

test('it is asked in the same spelling: the last slash, the query, and what stands escaped in a path', async () => {
  const { mirror, told, paths } = await mirrorOf(200);
  for (const target of ['candidates/a/?x=1', 'candidates/a%20b', 'candidates/%zz', 'jobs/'])
    add(mirror, `/ats/v0/${target}`);
  add(mirror, '/ats/v0/candidates/c', { method: 'GET' });
  await mirror.finish(10_000);
  expect(paths).toEqual([
    '/ats/v0/candidates/a/?x=1',
    '/ats/v0/candidates/a%20b',
    '/ats/v0/candidates/%25zz',
  ]);
  expect(told).toEqual(Array.from({ length: 3 }, () => 'updateCandidate compared'));
});

test.each([401, 403, 429, 500, 503])('a call to which Gem answers %i is not sent', async (status) => {
  const { mirror, told, paths } = await mirrorOf(200);
  add(mirror, '/ats/v0/candidates/a', { status });
  await mirror.finish(10_000);
  expect(told).toEqual([`updateCandidate: Gem answered ${status}, which says nothing about the call itself`]);
  expect(paths).toEqual([]);
});
