import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, RequestHandler } from 'express';
import { ControlProblem } from './problems.ts';

/** The connector that the console shows beside the emulator. */
export interface ConsoleConnector {
  /** Where its unified API is, such as `http://127.0.0.1:4020/v1`. */
  url: string;
  apiKey: string;
  /** The integration that is looked at first. */
  integrationId?: string | undefined;
}

/**
 * Passes a call of the console on to the connector, and its answer back. So the browser learns no key, and the connector need
 * not let in pages of other origins.
 */
export function passToConnector(connector: () => ConsoleConnector | undefined): RequestHandler {
  return async (request, response) => {
    const known = connector();
    if (!known) {
      throw new ControlProblem(
        404,
        'No connector is known here; `mock-gem dev` starts one, `mock-gem serve --console-connector` names one.',
      );
    }
    if (!passedMethods.has(request.method)) {
      throw new ControlProblem(405, `The connector is asked by ${[...passedMethods].join(', ')}.`);
    }
    const target = targetOf(known, request);
    // Who has left reads no answer, and a connector that never gives one would be asked for ever.
    const left = new AbortController();
    response.once('close', () => left.abort());
    const answer = await send(target, request, { apiKey: known.apiKey, left: left.signal }).catch(
      (error: unknown) => {
        throw new ControlProblem(502, `The connector at ${known.url} does not answer: ${reasonOf(error)}.`);
      },
    );
    response.status(answer.status);
    // Whatever it answers is data: were it a page, that page would be one of the emulator's own origin.
    response.setHeader('Content-Security-Policy', `default-src 'none'; sandbox`);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    for (const name of passedBack) {
      const value = answer.headers.get(name);
      if (value !== null) response.setHeader(name, value);
    }
    if (answer.body === null) {
      response.end();
      return;
    }
    // Whoever stops listening in the middle needs no word about it.
    const body = Readable.fromWeb(answer.body);
    // A connector that goes away after that breaks off what nobody reads any more.
    body.on('error', () => {});
    await pipeline(body, response).catch(() => {});
  };
}

const passedBack = ['content-type', 'retry-after', 'x-ratelimit-limit', 'x-ratelimit-remaining'];

const passedMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Where a call goes: to the unified API, and to nothing else that the connector's address has.
 *
 * @throws ControlProblem 404
 */
function targetOf({ url }: ConsoleConnector, request: Request): URL {
  const base = url.replace(/\/$/, '');
  const target = URL.parse(base + request.url);
  if (target?.href.startsWith(`${new URL(base).href.replace(/\/$/, '')}/`)) return target;
  throw new ControlProblem(404, `The path leads out of ${base}, beyond which the console asks nothing.`);
}

function send(
  target: URL,
  request: Request,
  { apiKey, left }: { apiKey: string; left: AbortSignal },
): Promise<Response> {
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
  const headers = new Headers({ Authorization: `Bearer ${apiKey}` });
  for (const name of ['content-type', 'accept', 'x-integration-id']) {
    const value = request.get(name);
    if (value !== undefined) headers.set(name, value);
  }
  const body = hasBody ? { body: Readable.toWeb(request), duplex: 'half' as const } : {};
  return fetch(target, { method: request.method, headers, redirect: 'manual', signal: left, ...body });
}

function reasonOf(error: unknown): string {
  const { cause } = error instanceof Error ? error : { cause: undefined };
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return error instanceof Error ? error.message : String(error);
}
