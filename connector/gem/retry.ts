import { isHTTPError } from 'ky';

/** How many attempts may follow the first. */
export const usualRetries = 5;

/**
 * Whether a failed attempt is followed by another. What Gem cannot do at all (501) it cannot do later either. A write
 * only when the gateway turned it away before Gem saw it: after anything else it may have happened (gem-ats-api §1.4).
 */
export function decideRetry(method: string, error: Error): boolean {
  if (!isHTTPError(error)) return method === 'get';
  const { status } = error.response;
  return status === 429 || (method === 'get' && status >= 500 && status !== 501);
}

/** The longest wait that an answer's `Retry-After` may ask for; whoever waits has a sync or a caller behind them. */
export const longestWait = 30_000;

/**
 * Milliseconds before an attempt, growing from a quarter of a second to eight seconds. Gem's bucket refills within a
 * second (gem-ats-api §1.4), so throttling passes on the first waits.
 */
export function growingDelay(attempt: number): number {
  return Math.min(250 * 2 ** (attempt - 1), 8000);
}
