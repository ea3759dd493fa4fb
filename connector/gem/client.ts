import ky from 'ky';
import type { KyInstance } from 'ky';
import { fillPath } from '../../contracts/calls.ts';
import { gemDescription } from '../../contracts/gem.ts';
import { createValidator } from '../../contracts/validator.ts';
import { isDeeper, keepDigits } from '../../contracts/json.ts';
import type { AnyCall, CallArguments, OperationId, SuccessOf } from './call-types.ts';
import { GemAnswerUnreadable, toGemError } from './errors.ts';
import { freePassage, LeftAlone, outcomeOf, type Passage } from './gate.ts';
import { noteRetry, noteTurn, observeAttempt } from './observe-attempt.ts';
import {
  decideRetry,
  growingDelay,
  pause,
  type RetryLimits,
  defaultPatience,
  defaultRetries,
} from './retry.ts';

/** How to reach one Gem account. */
export interface GemClientOptions {
  /** The host, such as `https://api.gem.com`. */
  url: string;
  apiKey: string;
  /** The partner's secret, where the key is a shareable one (gem-ats-api §1.2). */
  applicationSecret?: string | null | undefined;
  /** Milliseconds that one attempt may take. */
  timeout?: number;
  retry?: {
    /** How many attempts may follow the first. */
    limit?: number;
    /** Milliseconds to wait before an attempt; attempts that follow the first count from 1. */
    delay?: (attempt: number) => number;
    /** Milliseconds after the beginning of the first attempt in which another may begin. */
    patience?: number;
  };
  /** What each attempt goes through; left out, nothing. */
  passage?: Passage;
}

/** The only door to Gem. */
export interface GemClient {
  /** What each call goes through, for those that are made by other ways. */
  readonly passage: Passage;
  /** How reads are tried again, for those who try writes again. */
  readonly retry: {
    limit: number;
    /** Milliseconds to wait after a failed attempt, the first being 1. */
    delay: (attempt: number) => number;
  };
  /**
   * Calls one operation.
   *
   * @throws GemError one of its family
   */
  call<Id extends OperationId>(operation: Id, ...options: CallArguments<Id>): Promise<SuccessOf<Id>>;
  /** The same for callers who have no types: the answer is not held against the description. */
  send(operation: OperationId, options: AnyCall): Promise<unknown>;
  /**
   * The same with the answer's headers.
   *
   * @param signal breaks the call off, waits between attempts included
   * @throws GemError one of its family; the reason of the signal
   */
  ask(operation: OperationId, options: AnyCall, signal?: AbortSignal): Promise<GemAnswer>;
}

/** An answer as it came. */
export interface GemAnswer {
  body: unknown;
  headers: Headers;
}

/**
 * Makes a client for one Gem account. Reads are tried again when Gem is throttling, failing or silent; writes only when
 * they were turned away before anything happened (`retry.ts`). No redirect is followed, so the key goes nowhere else.
 */
export function createGemClient(options: GemClientOptions): GemClient {
  const http = createHttp(options);
  const passage = options.passage ?? freePassage;

  const limits = retryOf(options);
  const secrets = [options.apiKey, options.applicationSecret ?? ''];

  async function fetchText(id: OperationId, call: AnyCall, signal: AbortSignal | undefined) {
    const { method } = operationOf(id);
    const limit = Math.min(call.retries ?? limits.limit, limits.limit);
    // Who asks once does not wait until Gem is back either.
    const patience = limit === 0 ? 0 : limits.patience;
    const begin = performance.now();
    let waited = 0;
    for (let attempt = 1; ; attempt += 1) {
      signal?.throwIfAborted();
      const before = performance.now();
      await passage.enter({ patience, signal }).catch((error: unknown) => {
        throw error instanceof LeftAlone ? toGemError(id, error, secrets) : error;
      });
      // That others use the limit is no reason to give up sooner.
      const turn = performance.now() - before;
      waited += turn;
      noteTurn(turn);
      try {
        const isBrokenOff = () => signal?.aborted ?? false;
        const about = { operation: id, method, number: attempt, isBrokenOff };
        const answer = await observeAttempt(about, (headers) => fetchOnce(id, call, { signal, headers }));
        passage.leave(id, 'answered');
        return answer;
      } catch (error) {
        signal?.throwIfAborted();
        passage.leave(id, outcomeOf(error));
        const spent = performance.now() - begin - waited;
        const failed = { method, error, attempt, spent, now: Date.now() };
        const wait = decideRetry(failed, { ...limits, limit });
        if (wait === undefined) throw toGemError(id, error, secrets);
        noteRetry(id, error, wait);
        await pause(wait, signal);
      }
    }
  }

  async function fetchOnce(
    id: OperationId,
    call: AnyCall,
    { signal, headers }: { signal: AbortSignal | undefined; headers: Record<string, string> },
  ) {
    const operation = operationOf(id);
    const url = options.url.replace(/\/+$/, '') + fillPath(operation.path, call.path);
    const response = await http(url, {
      method: operation.method,
      headers,
      searchParams: toSearchParams(call.query ?? {}),
      ...(call.body !== undefined && { json: call.body }),
      ...(call.form !== undefined && { body: call.form }),
      ...(signal && { signal }),
    });
    return { status: response.status, text: await response.text(), headers: response.headers };
  }

  async function ask(id: OperationId, call: AnyCall, signal?: AbortSignal): Promise<GemAnswer> {
    // A proxy between Gem and us may have garbled an answer, so a read is asked for once more.
    const attempts = operationOf(id).method === 'get' ? 2 : 1;
    for (let attempt = 1; ; attempt += 1) {
      const { text, headers } = await fetchText(id, call, signal);
      try {
        return { body: parseAnswer(text), headers };
      } catch (error) {
        if (attempt < attempts) continue;
        throw new GemAnswerUnreadable(id, 'Gem did not answer with JSON', { cause: error });
      }
    }
  }

  const send: GemClient['send'] = async (id, call) => (await ask(id, call)).body;

  return {
    retry: limits,
    passage,
    ask,
    send,
    async call<Id extends OperationId>(id: Id, ...options: CallArguments<Id>) {
      const [given]: readonly unknown[] = options;
      const answer = await send(id, isCall(given) ? given : {});
      if (isAnswer(id, answer)) return answer;
      throw new GemAnswerUnreadable(id, `Gem's answer to ${id} is not of its description`);
    },
  };
}

const secondsOfGateway = 29;

function retryOf({ retry }: GemClientOptions): RetryLimits {
  return {
    limit: retry?.limit ?? defaultRetries,
    delay: retry?.delay ?? growingDelay,
    patience: retry?.patience ?? defaultPatience,
  };
}

function createHttp(options: GemClientOptions): KyInstance {
  const { apiKey, applicationSecret, timeout } = options;
  return ky.create({
    fetch: fetchWhole,
    redirect: 'manual',
    headers: {
      'X-API-Key': apiKey,
      ...(applicationSecret ? { 'X-Application-Secret': applicationSecret } : {}),
    },
    // The gateway gives up after 29 seconds (gem-ats-api §1.4); a moment later nothing comes any more.
    timeout: timeout ?? (secondsOfGateway + 1) * 1000,
    // The library counts dates from our clock and knows no bound for all attempts together; `retry.ts` decides.
    retry: { limit: 0 },
  });
}

/**
 * Fetches an answer with its whole body. A connection that breaks off within the body thus fails like one that breaks
 * off before it, within the same timeout, and is tried again by the same rule.
 */
const fetchWhole: typeof fetch = async (request, options) => {
  const response = await fetch(request, options);
  const body = await response.arrayBuffer();
  return new Response(body.byteLength === 0 ? null : body, {
    status: response.status,
    statusText: response.statusText,
    headers: response.headers,
  });
};

function operationOf(id: OperationId) {
  const operation = gemDescription.operations.get(id);
  if (!operation) throw new Error(`the description has no operation ${id}`);
  return operation;
}

function toSearchParams(query: Readonly<Record<string, unknown>>): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) parameters.append(name, String(value));
  }
  return parameters;
}

const validator = createValidator(gemDescription, { unknownFields: 'allow' });

/** Lists only have to be lists: each record is judged by itself later. */
function isAnswer<Id extends OperationId>(id: Id, answer: unknown): answer is SuccessOf<Id> {
  const operation = operationOf(id);
  const status = [...operation.answers.keys()].find((code) => code < 300);
  const departures = status === undefined ? [] : validator.answer(operation, status, answer);
  if (departures.length === 0) return true;
  return Array.isArray(answer) && departures.every(({ path }) => path.length > 0);
}

function isCall(value: unknown): value is AnyCall {
  return typeof value === 'object' && value !== null;
}

/**
 * Reads a JSON text of Gem. A number with more digits than JavaScript can tell is kept as `JSON.rawJSON`, so that it is
 * written again digit by digit. What is nested deeper than can be stored is cut off.
 *
 * @throws SyntaxError when it is no JSON
 */
export function parseAnswer(text: string): unknown {
  if (isDeeper(Buffer.from(text), deepest)) return cutBelow(JSON.parse(text), deepest);
  return hasLongNumber.test(text) ? JSON.parse(text, keepLong) : JSON.parse(text);
}

// It only says that a closer look is worth it, so that an ordinary page costs nothing more.
const hasLongNumber = /[[:,\s]-?\d[\d.]{15,}\s*[,}\]]/;

/** PostgreSQL and `JSON.stringify` give up at some thousands of levels. */
const deepest = 200;

/** A decimal number without an exponent, as far as PostgreSQL holds every digit of it. */
const plainNumber = /^-?\d{1,1000}(?:\.\d{1,1000})?$/;

function keepLong(_key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source;
  if (source === undefined || source.length < 16) return value;
  return keepDigits(value, source, (text) => plainNumber.test(text));
}

function cutBelow(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return null;
  if (Array.isArray(value)) return value.map((inner) => cutBelow(inner, levels - 1));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cutBelow(inner, levels - 1)]));
}
