import { isHTTPError } from 'ky';
import { setTimeout } from 'node:timers/promises';

/**
 * A moment as HTTP headers tell it, in any of the three forms of RFC 9110, or in ISO 8601 with its zone.
 *
 * @returns milliseconds since 1970; undefined when the text is no such moment
 */
export function parseHttpDate(text: string): number | undefined {
  const isOld = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/.test(text);
  const isKnown =
    isOld || /^[A-Z][a-z]+, \d\d[ -][A-Z][a-z]{2}[ -]\d{2,4} .*GMT$/.test(text) || iso.test(text);
  const time = isKnown ? Date.parse(isOld ? `${text} GMT` : text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d.*(?:Z|[+-]\d\d:?\d\d)$/;

/**
 * Waits.
 *
 * @throws the reason of the signal, as soon as that is aborted
 */
export async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await setTimeout(milliseconds, undefined, signal && { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

/** How many attempts may follow the first. */
export const defaultRetries = 5;

/** The longest wait that an answer's `Retry-After` may ask for, because a sync or a caller waits. */
export const longestWait = 30_000;

/** Milliseconds after the beginning of the first attempt in which another may begin, if nothing else is said. */
export const defaultPatience = 60_000;

/** What is known when an attempt has failed. */
export interface FailedAttempt {
  /** The HTTP method, in small letters. */
  method: string;
  error: unknown;
  /** Counts from 1. */
  attempt: number;
  /** Milliseconds since the first attempt began. */
  spent: number;
  /** Our clock, in milliseconds since 1970. */
  now: number;
}

/** How much is tried. */
export interface RetryLimits {
  /** How many attempts may follow the first. */
  limit: number;
  /** Milliseconds to wait after a failed attempt, the first being 1. */
  delay: (attempt: number) => number;
  /** Milliseconds after the beginning of the first attempt in which another may begin. */
  patience: number;
}

/**
 * Decides what follows a failed attempt: another one, after so many milliseconds, or none (undefined). Gem is never asked
 * before the moment that its `Retry-After` names. What fails for good, slowly, ends within the patience and the time that
 * one attempt takes, however many attempts are left.
 */
export function decideRetry(
  failed: FailedAttempt,
  { limit, delay, patience }: RetryLimits,
): number | undefined {
  const { method, error, attempt, spent, now } = failed;
  if (attempt > limit || !isWorthAnother(method, error)) return undefined;
  const wait = Math.max(delay(attempt), isHTTPError(error) ? retryAfter(error.response.headers, now) : 0);
  return spent + wait <= patience ? wait : undefined;
}

/**
 * Whether another attempt may succeed. What Gem cannot do at all (501) it cannot do later either. A write only when
 * it was turned away before anything happened: by the gateway's throttle (429) or as too early (425). After anything else
 * it may have happened (gem-ats-api §1.4), a 408 included, which some proxies answer for a server that is slow.
 */
function isWorthAnother(method: string, error: unknown): boolean {
  if (!isHTTPError(error)) return method === 'get';
  const { status } = error.response;
  if (status === 429 || status === 425) return true;
  return method === 'get' && (status === 408 || (status >= 500 && status !== 501));
}

/**
 * The wait that an answer asks for: seconds, or a date, which is counted from the answer's own `Date`, because the clocks
 * may differ. It is bounded; what is past, negative or no time at all is no wish.
 *
 * @returns milliseconds; 0 without a wish
 */
export function retryAfter(headers: Headers, now: number): number {
  const wish = (headers.get('retry-after') ?? '').trim();
  const seconds = /^\d+(?:\.\d+)?$/.test(wish) ? Number(wish) : undefined;
  const until = seconds === undefined ? parseHttpDate(wish) : undefined;
  const from = parseHttpDate(headers.get('date') ?? '') ?? now;
  const wait = seconds === undefined ? (until ?? from) - from : seconds * 1000;
  return Math.min(Math.max(0, Math.ceil(wait)), longestWait);
}

/**
 * Milliseconds before an attempt, growing from a quarter of a second to eight seconds. Gem's bucket refills within a
 * second (gem-ats-api §1.4), so throttling passes on the first waits.
 */
export function growingDelay(attempt: number): number {
  return Math.min(250 * 2 ** (attempt - 1), 8000);
}
