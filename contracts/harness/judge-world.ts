// Judges one world by the rules.
import type { Case } from './case.ts';
import type { NamedRule } from './load-rules.ts';
import { mergeCases, type Plan } from './merge-cases.ts';
import type { Run } from './run.ts';
import type { Ask, Contradiction } from './rule.ts';
import { ConnectorFailed } from './connector-failure.ts';
import { runPlan, type RunOptions } from './run-plan.ts';

/** What was found in one world. */
export interface Judged {
  /** Contradictions by rule. */
  contradictions: ReadonlyMap<string, readonly Contradiction[]>;
  /** The actions that were done at least once. */
  done: ReadonlySet<string>;
}

/**
 * Judges a world by all rules. Where the connector fails, the rules whose own case alone makes it fail are broken. The
 * others are judged in a world without these cases.
 *
 * @throws ConnectorFailed when the connector fails although none of the cases alone makes it
 */
export async function judgeTogether(
  rules: readonly NamedRule[],
  plan: Plan,
  options: RunOptions,
): Promise<Judged> {
  try {
    return await runPlan(options, plan, async (run, ask) => {
      const contradictions = await contradictionsOf(rules, run, ask);
      const done = run.results.filter(({ status }) => status === 200).map(({ action }) => action.operation);
      return { contradictions, done: new Set(done) };
    });
  } catch (error) {
    if (!(error instanceof ConnectorFailed)) throw error;
    const blamed = await blame(rules, plan, options);
    if (blamed.size === 0) throw error;
    const rest = rules.filter(({ name }) => !blamed.has(name));
    const cases = plan.cases.filter(({ rule }) => !blamed.has(rule));
    const { contradictions, done } = await judgeTogether(rest, mergeCases(cases), options);
    return { contradictions: new Map([...contradictions, ...blamed]), done };
  }
}

/** The contradictions that each rule finds in a run; rules that hold are left out. */
export async function contradictionsOf(
  rules: readonly NamedRule[],
  run: Run,
  ask: Ask,
): Promise<Map<string, readonly Contradiction[]>> {
  const contradictions = new Map<string, readonly Contradiction[]>();
  for (const { name, rule } of rules) {
    const found = await rule.holds(run, ask);
    if (found.length > 0) contradictions.set(name, found);
  }
  return contradictions;
}

/** Finds the rules whose own cases make the connector fail. */
async function blame(
  rules: readonly NamedRule[],
  plan: Plan,
  options: RunOptions,
): Promise<Map<string, Contradiction[]>> {
  const blamed = new Map<string, Contradiction[]>();
  for (const named of rules) {
    const own = plan.cases.find(({ rule }) => rule === named.name);
    const failure = own && (await failureOf(own.case, named, options));
    if (failure) blamed.set(named.name, [failure]);
  }
  return blamed;
}

async function failureOf(
  own: Case,
  named: NamedRule,
  options: RunOptions,
): Promise<Contradiction | undefined> {
  return (await judgeAlone(named, own, options)).find(({ what }) => what === outcome);
}

/** Judges one case of one rule in a world of its own. That the connector fails there is a contradiction too. */
export async function judgeAlone(
  { name, rule }: NamedRule,
  own: Case,
  options: RunOptions,
): Promise<Contradiction[]> {
  try {
    const plan = mergeCases([{ rule: name, case: own }]);
    return await runPlan(options, plan, async (run, ask) => rule.holds(run, ask));
  } catch (error) {
    if (!(error instanceof ConnectorFailed)) throw error;
    return [failureContradiction(error)];
  }
}

/** That the connector fails, as a contradiction. */
export function failureContradiction({ task, message, trace }: ConnectorFailed): Contradiction {
  return {
    about: task,
    what: outcome,
    expected: 'done',
    got: message,
    ...(trace !== undefined && { trace }),
  };
}

/** The `what` of a contradiction that says the connector failed. */
const outcome = 'whether the connector does it';
