// Compares two answers of an account in which people work meanwhile.
import { isDeepStrictEqual } from 'node:util';
import type { Answer } from './caller.ts';
import { isNode } from './document.ts';

/**
 * Whether an answer is what a list shows when it is asked for nothing else.
 *
 * @param ask gives that answer from before
 * @param askAnew asks for it once more, in case somebody changed something in between
 */
export async function alike(
  answer: Answer,
  ask: () => Promise<Answer>,
  askAnew: () => Promise<Answer>,
): Promise<boolean> {
  const holds = (other: Answer) => isDeepStrictEqual(unsigned(answer.body), unsigned(other.body));
  return holds(await ask()) || holds(await askAnew());
}

/** A value without the signatures of links, which are made anew for each answer. */
export function unsigned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((inner) => unsigned(inner));
  if (!isNode(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      /(^|_)url$/.test(key) && typeof inner === 'string' ? inner.split('?')[0] : unsigned(inner),
    ]),
  );
}

/** Whether a record was changed between two answers, as far as it tells. */
export function wasChanged(one: unknown, other: unknown): boolean {
  if (!isNode(one) || !isNode(other)) return false;
  return ['updated_at', 'last_updated_at', 'last_activity', 'last_activity_at'].some(
    (field) => field in one && field in other && one[field] !== other[field],
  );
}
