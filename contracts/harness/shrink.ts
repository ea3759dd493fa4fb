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
 * @param from the seed, and the path of a case to begin with; a replay looks at that case alone
 * @param judge gives the contradictions of a case
 * @returns undefined when the case does not break the rule
 */
export async function shrink(
  { rule }: NamedRule,
  { seed, path, isReplay }: { seed: number; path: string; isReplay: boolean },
  judge: (own: Case) => Promise<readonly Contradiction[]>,
): Promise<Shrunk | undefined> {
  let last: readonly Contradiction[] = [];
  const holds = fc.asyncProperty(rule.cases, async (own) => {
    const contradictions = await judge(own);
    if (contradictions.length > 0) last = contradictions;
    return contradictions.length === 0;
  });
  const { failed, counterexample, counterexamplePath } = await fc.check(holds, {
    seed,
    path,
    numRuns: 1,
    endOnFailure: isReplay,
    interruptAfterTimeLimit: timeLimit,
    markInterruptAsFailure: false,
  });
  if (!failed || !counterexample) return undefined;
  return { case: counterexample[0], path: counterexamplePath ?? path, contradictions: last };
}

/** Milliseconds for the search of one rule's smallest case. */
const timeLimit = 60_000;
