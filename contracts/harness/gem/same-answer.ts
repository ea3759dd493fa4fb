// Compares two answers of an account that other people may change in between.
import { isDeepStrictEqual } from 'node:util';
import type { Answer } from '../../drift/seen.ts';
import { isNode } from '../../drift/document.ts';

/**
 * Whether an answer is the one that another request gets.
 *
 * @param ask gives the answer of before
 * @param askAgain sends the request again, in case something changed in between
 */
export async function isSameAnswer(
  answer: Answer,
  ask: () => Promise<Answer>,
  askAgain: () => Promise<Answer>,
): Promise<boolean> {
  const holds = (other: Answer) =>
    isDeepStrictEqual(withoutSignatures(answer.body), withoutSignatures(other.body));
  return holds(await ask()) || holds(await askAgain());
}

/** A value without the signatures of links, which differ in each answer. */
export function withoutSignatures(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((inner) => withoutSignatures(inner));
  if (!isNode(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      /(^|_)url$/.test(key) && typeof inner === 'string' ? inner.split('?')[0] : withoutSignatures(inner),
    ]),
  );
}

/** Whether a record says that it was changed between two answers. */
export function wasChanged(one: unknown, other: unknown): boolean {
  if (!isNode(one) || !isNode(other)) return false;
  return ['updated_at', 'last_updated_at', 'last_activity', 'last_activity_at'].some(
    (field) => field in one && field in other && one[field] !== other[field],
  );
}
