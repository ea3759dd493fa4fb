// A server that answers like Gem where it is told to, and oddly where it is told to.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { gemDescription } from '../../contracts/gem.ts';
import { listen } from '../../contracts/server/listen.ts';
import type { ListingName, Lookup } from '../../connector/models/listings.ts';

export type StubLists = Partial<Record<ListingName | Lookup['operation'] | 'listTeamUsers', unknown[]>>;

export interface StubGem {
  url: string;
  /** What the lists hold; may be changed at any time. Lists that are not named are empty. */
  lists: StubLists;
  /** Records on a page, however many were asked for. */
  pageSize: number;
  /** Whether each answer tells how long its list is; it does not at first. */
  tellsTotal: boolean;
  /** Every request so far: method, path with query, headers. */
  requests: { method: string; url: URL; headers: IncomingMessage['headers'] }[];
  /** Runs first; what it answers itself, with `true`, goes no further. */
  intercept: (request: IncomingMessage, response: ServerResponse) => boolean;
}

/** Starts a stub for one test. */
export async function startStubGem(lists: StubLists = {}): Promise<StubGem> {
  const stub: StubGem = {
    url: '',
    lists,
    pageSize: 100,
    tellsTotal: false,
    requests: [],
    intercept: () => false,
  };
  const { url, close } = await listen({ host: '127.0.0.1', port: 0 }, () => (request, response) => {
    const target = new URL(request.url ?? '', 'http://stub');
    stub.requests.push({ method: request.method ?? '', url: target, headers: request.headers });
    if (stub.intercept(request, response)) return;
    const operation = [...gemDescription.operations.values()].find(
      ({ method, path }) => method === 'get' && path === target.pathname,
    );
    const records: unknown[] = Object.entries(stub.lists).find(([name]) => name === operation?.id)?.[1] ?? [];
    const first = (Number(target.searchParams.get('page') ?? 1) - 1) * stub.pageSize;
    const headers = stub.tellsTotal ? { 'X-Pagination': JSON.stringify({ total: records.length }) } : {};
    answer(response, 200, records.slice(first, first + stub.pageSize), headers);
  });
  stub.url = url;
  onTestFinished(close);
  return stub;
}

/** Sends a JSON answer. */
export function answer(response: ServerResponse, status: number, body: unknown, headers = {}): true {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
  return true;
}
