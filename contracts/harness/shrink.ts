import * as fc from 'fast-check';
import type { Case } from './case.ts';
import type { NamedRule } from './load-rules.ts';
import type { Contradiction } from './rule.ts';

/** The smallest case that was found. */
export interface Shrunk {
  case: Case;
  /** Its place among all cases of its seed, by which it is found again. */
  path: string;
  contradictions: readonly Contradiction[];
}

/**
 * Looks for the smallest case in which a rule breaks.
 *
 * @param from the seed, and the path of a case to begin with; a replay looks at that case alone. The search ends after `limit`
 *   milliseconds
 * @param judge gives the contradictions of a case
 * @returns the smallest that was found, none when the case does not break the rule, and whether the search was ended before it
 *   was over
 */
export async function shrink(
  { rule }: NamedRule,
  { seed, path, isReplay, limit }: { seed: number; path: string; isReplay: boolean; limit: number },
  judge: (own: Case) => Promise<readonly Contradiction[]>,
): Promise<{ smallest?: Shrunk; isUnfinished: boolean }> {
  let last: readonly Contradiction[] = [];
  const holds = fc.asyncProperty(rule.cases, async (own) => {
    const contradictions = await judge(own);
    if (contradictions.length > 0) last = contradictions;
    return contradictions.length === 0;
  });
  const { failed, interrupted, counterexample, counterexamplePath } = await fc.check(holds, {
    seed,
    path,
    numRuns: 1,
    endOnFailure: isReplay,
    interruptAfterTimeLimit: limit,
    markInterruptAsFailure: false,
  });
  if (!failed || !counterexample) return { isUnfinished: interrupted };
  const smallest = { case: counterexample[0], path: counterexamplePath ?? path, contradictions: last };
  return { smallest, isUnfinished: interrupted };
}

/** Says that the search for something smaller was ended after so many milliseconds. */
export function shrinkEnded(limit: number): string {
  return searchEnded('a smaller world', limit);
}

/** Says that the search for something was ended after so many milliseconds. */
export function searchEnded(what: string, limit: number): string {
  return `${what} was looked for no longer than ${Math.round(limit / 1000)} s; \`--shrink-for 10m\` goes on`;
}
