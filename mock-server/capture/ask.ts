import { fillPath } from '../../contracts/calls.ts';
import { gemDescription } from '../../contracts/gem.ts';
import { createPace, type Time } from '../../contracts/harness/gem/caller.ts';
import type { Exchange } from '../../contracts/harness/gem/watch/watch.ts';

/** The account cannot be captured, or not now. The message is one line for people, without a key or a value. */
export class CannotCapture extends Error {
  override name = 'CannotCapture';
}

/** Where Gem is, and how it is asked. */
export interface GemAccess {
  /** Without a path. */
  url: string;
  apiKey: string;
  applicationSecret?: string | undefined;
  /** Calls a second, at most; 0 for no limit. */
  perSecond: number;
  time: Time;
  signal?: AbortSignal | undefined;
  /** How requests are sent; a test may answer them itself. */
  fetch?: typeof fetch | undefined;
}

/** What is asked for: an operation that reads, by its name. */
export interface Question {
  operation: string;
  path?: Readonly<Record<string, string>> | undefined;
  query?: Readonly<Record<string, string | number | boolean>> | undefined;
}

/** Asks Gem, and gives what went to and fro. */
export type Ask = (question: Question) => Promise<Exchange>;

/**
 * Asks Gem, no faster than agreed. It can do nothing but read: an operation that is no GET is not sent at all. What fails in a
 * way that may pass is asked again, never before the moment that `Retry-After` names.
 *
 * @param onAnswer is told of each answer, also of those after which is asked again
 */
export function createAsk(access: GemAccess, onAnswer: (exchange: Exchange) => void = () => {}): Ask {
  const { url, apiKey, applicationSecret, time, signal, fetch: send = fetch } = access;
  const wait = createPace(access.perSecond, time);
  const headers = {
    'X-API-Key': apiKey,
    ...(applicationSecret !== undefined && { 'X-Application-Secret': applicationSecret }),
  };

  const once = async (target: string): Promise<Exchange> => {
    await wait();
    signal?.throwIfAborted();
    // Both are taken off again: signals that only time ends would be thousands, each with its answer.
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(new Error('no answer came in time')), answerLimit);
    const breakOff = () => stop.abort(signal?.reason);
    signal?.addEventListener('abort', breakOff);
    const { response, text } = await send(`${url}${target}`, {
      headers,
      redirect: 'manual',
      signal: stop.signal,
    })
      .then(async (answered) => ({ response: answered, text: await answered.text() }))
      .finally(() => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', breakOff);
      });
    const answer = { status: response.status, headers: response.headers, text, body: parse(text) };
    return { method: 'GET', target, headers: {}, body: undefined, answer };
  };

  return async ({ operation: id, path, query = {} }) => {
    const operation = gemDescription.operations.get(id);
    if (operation?.method !== 'get') throw new Error(`${id} does not read`);
    const search = new URLSearchParams(
      Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
    ).toString();
    const target = `${fillPath(operation.path, path)}${search && `?${search}`}`;
    for (let attempt = 1; ; attempt += 1) {
      const exchange = await once(target).catch((error: unknown) => {
        signal?.throwIfAborted();
        if (attempt < maxAttempts) return undefined;
        throw new CannotCapture(`${url} does not answer; what was read so far is kept, start again later`, {
          cause: error,
        });
      });
      if (exchange) onAnswer(exchange);
      if (exchange && !mayPass(exchange.answer.status)) return exchange;
      if (attempt === maxAttempts)
        throw new CannotCapture(
          `${url} answers ${id} with ${exchange?.answer.status}; what was read so far is kept, start again later`,
        );
      const wish = exchange ? wishedWait(exchange.answer.headers, time.now()) : 0;
      await time.sleep(Math.max(wish, Math.min(500 * 2 ** (attempt - 1), 30_000)));
    }
  };
}

/** Milliseconds: a little longer than the gateway waits itself (gem-ats-api §1.4). */
const answerLimit = 35_000;

/** With the waits between them, some three minutes. */
const maxAttempts = 10;

/** What Gem cannot do at all (501) it cannot do later either. */
function mayPass(status: number): boolean {
  return status === 429 || status === 408 || status === 425 || (status >= 500 && status !== 501);
}

/** Milliseconds that `Retry-After` asks for, in seconds or as a date; an hour at most. */
function wishedWait(headers: Headers, now: number): number {
  const wish = (headers.get('retry-after') ?? '').trim();
  const wait = /^\d+(?:\.\d+)?$/.test(wish) ? Number(wish) * 1000 : Date.parse(wish) - now;
  return Number.isNaN(wait) ? 0 : Math.min(Math.max(0, wait), 3_600_000);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
