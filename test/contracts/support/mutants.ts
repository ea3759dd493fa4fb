// The rules and their mutants, and what the tests of both share.
import * as fc from 'fast-check';
import { afterAll, beforeAll } from 'vitest';
import type { Adapter } from '../../../contracts/harness/adapter.ts';
import { loadRules, type NamedRule } from '../../../contracts/harness/load-rules.ts';
import type { CaseOfRule, Plan } from '../../../contracts/harness/merge-cases.ts';
import { wrongOnes, type Mutant } from '../../../contracts/harness/rule.ts';
import { runPlan, type RunOptions } from '../../../contracts/harness/run-plan.ts';
import type { Target } from '../../../contracts/harness/target.ts';
import { startMockGem, type MockGem } from '../../../mock-server/server.ts';
import { placeOnPostgres } from '../../support/databases.ts';
import { startOwnConnector } from '../../support/own-connector.ts';
import { isDeep } from '../../support/deep.ts';

export const rules = await loadRules();

/** In how many worlds a mutant is tried. */
export const worlds = 3;

/** A mutant, and the rule that has to catch it. */
export interface Broken {
  name: string;
  mutant: string;
  named: NamedRule;
  broken: Mutant;
}

export const mutants: readonly Broken[] = rules.flatMap((named) =>
  named.rule.mutants.map((broken) => ({ name: named.name, mutant: broken.name, named, broken })),
);

/** The first mutant of each kind. */
export function oneOfEach(some: readonly Broken[], kindOf: (one: Broken) => string): readonly Broken[] {
  return [...Map.groupBy(some, kindOf).values()].flatMap((ofKind) => ofKind.slice(0, 1));
}

/** An emulator and a right connector for the tests of a file. */
export function useTarget(): () => Target {
  let gem: MockGem | undefined;
  let connector: Adapter | undefined;
  beforeAll(async () => {
    gem = await startMockGem({ port: 0 });
    connector = await startOwnConnector(await placeOnPostgres());
  });
  afterAll(async () => {
    await connector?.close?.();
    await gem?.close();
  });
  return () => {
    if (!gem || !connector) throw new Error('the emulator and the connector have not started yet');
    return { gem: gem.control, applicationSecret: gem.applicationSecret, connector };
  };
}

/** One of the cases of a rule, always the same. */
export function caseOf({ name, rule }: NamedRule, number: number): CaseOfRule {
  const [own] = fc.sample(rule.cases, { seed: 1, numRuns: worlds }).slice(number);
  if (!own) throw new Error(`${name} has no case ${number}`);
  return { rule: name, case: own };
}

/**
 * The rules that find something wrong in a world.
 *
 * @param among the rules that are asked
 */
export function catching(
  options: RunOptions,
  plan: Plan,
  among: readonly NamedRule[] = rules,
): Promise<string[]> {
  return runPlan(options, plan, async (run, ask) => {
    const found: string[] = [];
    for (const { name, rule } of among) {
      if (wrongOnes(await rule.holds(run, ask)).length > 0) found.push(name);
    }
    return found;
  });
}

/** The rules that judge a mutant: all of them in a deep run, in which only its own may catch it, and those that compare lists. */
export function judges(named: NamedRule): readonly NamedRule[] {
  return isDeep ? rules.filter((one) => one === named || one.rule.comparesLists !== true) : [named];
}
