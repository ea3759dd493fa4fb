import type { Answer } from '../../drift/seen.ts';
import { setTimeout } from 'node:timers/promises';
import { fillPath } from '../../calls.ts';
import type { Operation } from '../../description.ts';
import { gemDescription } from '../../gem.ts';
import type { Observations } from '../../drift/observations.ts';
import { NothingToCheck } from './outcome.ts';

/** One request, by the name of its operation. */
export interface Call {
  path?: Readonly<Record<string, string>>;
  /** A list is sent as one value with commas. */
  query?: Query;
  /** Sent as JSON, unless it is a form. */
  body?: unknown;
  /** Added to the default headers; `undefined` takes one away. */
  headers?: Readonly<Record<string, string | undefined>>;
  /** Adds the last slash to the path, or takes it away where there is one. */
  otherSlash?: boolean;
}

export type Query = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** Sends requests to the subject, no faster than agreed. */
export interface Caller {
  /** @throws NoAnswer */
  call(operation: string, call?: Call): Promise<Answer>;
  /** Sends a request to a path or with a method that no operation has. */
  send(method: string, path: string, call?: Omit<Call, 'path' | 'otherSlash'>): Promise<Answer>;
  /** Why nothing more is sent; undefined as long as it is. */
  endedBecause(): string | undefined;
}

export interface CallerOptions {
  url: string;
  apiKey: string;
  applicationSecret?: string | undefined;
  perSecond: number;
  time: Time;
  /** Milliseconds that an answer may take; a little longer than the gateway waits itself when left out (gem-ats-api §1.4). */
  answerLimit?: number | undefined;
  /** Milliseconds after which nothing more is sent. Default: no limit. */
  limit?: number | undefined;
  signal?: AbortSignal | undefined;
  observations: Observations;
  onAnswer?: (answer: Answer, operation: Operation | undefined) => void;
  /** How requests are sent, in tests. */
  fetch?: typeof fetch | undefined;
}

/** The subject cannot be reached, or is not Gem at all. */
export class CannotVerify extends Error {}

/** No usable answer came, or nothing is asked any more: what needs it is not observed. */
export class NoAnswer extends NothingToCheck {}

/** Makes a caller. */
export function createCaller(options: CallerOptions): Caller {
  const { apiKey, applicationSecret, time, signal, observations, answerLimit = defaultAnswerLimit } = options;
  const { limit = Number.POSITIVE_INFINITY, fetch: send = fetch } = options;
  const wait = createPace(options.perSecond, time);
  const startedAt = time.now();
  /** Milliseconds that were waited because of 429. */
  let waited = 0;
  let failuresInARow = 0;
  let ended: string | undefined;
  const base = options.url.replace(/\/+$/, '');
  const defaultHeaders = {
    'X-API-Key': apiKey,
    ...(applicationSecret && { 'X-Application-Secret': applicationSecret }),
  };

  async function sendOnce(method: string, url: string, { headers = {}, body }: Call): Promise<Answer> {
    await wait();
    signal?.throwIfAborted();
    const isForm = body instanceof FormData;
    const isJson = body !== undefined && !isForm && typeof body !== 'string';
    const sent = { ...defaultHeaders, ...(isJson && { 'Content-Type': 'application/json' }), ...headers };
    const response = await send(url, {
      method,
      redirect: 'manual',
      headers: Object.entries(sent).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
      ...(body !== undefined && { body: isJson ? JSON.stringify(body) : (body as string | FormData) }),
      signal: signal
        ? AbortSignal.any([signal, AbortSignal.timeout(answerLimit)])
        : AbortSignal.timeout(answerLimit),
    });
    const text = await response.text();
    const answer = { status: response.status, headers: response.headers, text, body: parse(text) };
    return answer;
  }

  /** Others may use the same key: a 429 is waited out, but not for ever. */
  async function sendAndRetry(
    method: string,
    url: string,
    call: Call,
    operation?: Operation,
  ): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      if (time.now() - startedAt >= limit)
        ended ??= `the ${limit / 1000} seconds of the verification were over`;
      if (ended !== undefined) throw new NoAnswer(ended);
      const answer = await withReason(base, answerLimit, () => sendOnce(method, url, call), signal).catch(
        (error: unknown) => fail(error),
      );
      options.onAnswer?.(answer, operation);
      if (operation) observations.add(operation, answer);
      if (answer.status !== 429) {
        failuresInARow = 0;
        return answer;
      }
      if (attempt === maxAttempts || waited >= maxWaiting)
        fail(new NoAnswer(`${base} says that the rate limit of the key is used up`));
      waited += attempt * 1000;
      await time.sleep(attempt * 1000);
    }
  }

  function fail(error: unknown): never {
    if (!(error instanceof NoAnswer)) throw error;
    failuresInARow += 1;
    if (failuresInARow === maxFailures || waited >= maxWaiting) ended = error.message;
    throw error;
  }

  return {
    async call(id, call = {}) {
      const operation = gemDescription.operations.get(id);
      if (!operation) throw new Error(`Gem has no operation ${id}`);
      const url = `${base}${pathOf(operation, call)}${searchOf(call.query)}`;
      return sendAndRetry(operation.method.toUpperCase(), url, call, operation);
    },
    send: (method, path, call = {}) => sendAndRetry(method, `${base}${path}${searchOf(call.query)}`, call),
    endedBecause: () => ended,
  };
}

/** The machine's own time. */
export const systemTime: Time = {
  now: () => Date.now(),
  sleep: async (milliseconds) => {
    await setTimeout(milliseconds);
  },
};

const maxAttempts = 4;

/** Milliseconds that 429 is waited out in all. */
const maxWaiting = 60_000;

/** Calls in a row that may stay without an answer; after them nothing more is sent. */
const maxFailures = 3;

/** Milliseconds. */
const defaultAnswerLimit = 35_000;

async function withReason<Result>(
  base: string,
  answerLimit: number,
  send: () => Promise<Result>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  try {
    return await send();
  } catch (cause) {
    if (signal?.aborted) throw new CannotVerify('the verification was broken off', { cause });
    const isSlow = cause instanceof Error && cause.name === 'TimeoutError';
    throw new NoAnswer(
      isSlow ? `${base} did not answer in ${answerLimit / 1000} seconds` : `${base} cannot be reached`,
      { cause },
    );
  }
}

function pathOf(operation: Operation, { path, otherSlash = false }: Call): string {
  const filled = fillPath(operation.path, path);
  if (!otherSlash) return filled;
  return filled.endsWith('/') ? filled.slice(0, -1) : `${filled}/`;
}

function searchOf(query: Query = {}): string {
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  return search && `?${search}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Where a caller waits and what tells it the time. */
export interface Time {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** Resolves after so many milliseconds. */
  sleep(milliseconds: number): Promise<void>;
}

/**
 * Keeps a caller below a rate: a small bucket of permits that refills evenly.
 *
 * @param perSecond how many permits a second adds, and how many the bucket holds; 0 for no limit
 * @returns waits until a request may be sent
 */
export function createPace(perSecond: number, { now, sleep }: Time): () => Promise<void> {
  if (perSecond === 0) return async () => undefined;
  const capacity = Math.max(1, perSecond);
  let permits = capacity;
  let filledAt = now();

  const refill = (): number => {
    const time = now();
    permits = Math.min(capacity, permits + (Math.max(0, time - filledAt) / 1000) * perSecond);
    filledAt = time;
    return permits;
  };

  return async () => {
    while (refill() < 1) await sleep(Math.max(1, Math.ceil(((1 - permits) / perSecond) * 1000)));
    permits -= 1;
  };
}
