import type { OperationId } from '../gem/call-types.ts';
import {
  GemError,
  GemForbids,
  GemNotFound,
  GemRefusedKey,
  GemThrottled,
  GemUnavailable,
} from '../gem/errors.ts';
import { listings } from '../models/listings.ts';
import type { Reading } from './reading.ts';

/**
 * Decides what a failure of one list is about. A list that Gem does not have, refuses, garbles or cannot answer is left
 * out, and the others are read. Where the failure may as well be one of the key or of Gem as a whole, another list is
 * asked for: once any of them answers, it is about this one only. 401 is always the key.
 *
 * @returns the reason for people
 * @throws the error when it concerns Gem as a whole; GemRefusedKey when nothing is permitted to the key
 */
export async function whyLeftOut(
  reading: Pick<Reading, 'gem' | 'found' | 'signal'>,
  operation: OperationId,
  error: unknown,
): Promise<string> {
  if (!(error instanceof GemError)) throw error;
  if (error instanceof GemNotFound) return 'Gem has no such list';
  const isDoubtful =
    error instanceof GemRefusedKey ||
    error instanceof GemUnavailable ||
    error instanceof GemThrottled ||
    // Also what Gem answers when the secret beside a shareable key is wrong (gem-ats-api §14 #12).
    (error instanceof GemForbids && !reading.found.hasRead);
  if (!isDoubtful) return error.message;
  if (isUnauthorized(error) || !(await answersElsewhere(reading, operation))) {
    throw error instanceof GemForbids ? new GemRefusedKey(operation, error.message, { cause: error }) : error;
  }
  return error instanceof GemRefusedKey
    ? "Gem's gateway does not let the key through to this list"
    : error.message;
}

function isUnauthorized(error: GemError): boolean {
  return error instanceof GemRefusedKey && error.status === 401;
}

/** Asks all other lists for a record at once, each a single time, until the first one answers. */
async function answersElsewhere({ gem, signal }: Pick<Reading, 'gem' | 'signal'>, operation: OperationId) {
  const enough = new AbortController();
  const one = { query: { page: 1, per_page: 1 }, retries: 0 };
  const until = AbortSignal.any([enough.signal, ...(signal ? [signal] : [])]);
  const others = listings.filter((listing) => listing.operation !== operation);
  try {
    await Promise.any(others.map((listing) => gem.ask(listing.operation, one, until)));
    return true;
  } catch {
    signal?.throwIfAborted();
    return false;
  } finally {
    enough.abort();
  }
}
