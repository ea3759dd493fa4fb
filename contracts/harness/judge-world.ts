// Judges one world by the rules.
import type { Case } from './case.ts';
import type { NamedRule } from './load-rules.ts';
import { mergeCases, type Plan } from './merge-cases.ts';
import type { Run } from './run.ts';
import { wrongOnes, type Ask, type Contradiction, type Rule, type Verdict } from './rule.ts';
import { ConnectorFailed } from './connector-failure.ts';
import { runPlan, type RunOptions } from './run-plan.ts';
import { searchEnded } from './shrink.ts';

/** What was found in one world. */
export interface Judged {
  /** Contradictions by rule. */
  contradictions: ReadonlyMap<string, readonly Contradiction[]>;
  /** How much each rule compared; a rule that compared nothing is left out. */
  compared: ReadonlyMap<string, number>;
  /** What a user should know besides, by rule. */
  notes: ReadonlyMap<string, readonly string[]>;
  /** The actions that were done at least once. */
  done: ReadonlySet<string>;
}

/** A plan, and the rules that broke in its world without any variation. */
export interface TriedPlan {
  plan: Plan;
  broken: ReadonlySet<string>;
}

/**
 * Judges a world by all rules. Where the connector fails, the rules whose own case alone makes it fail are broken. The
 * others are judged in a world without these cases.
 *
 * @throws ConnectorFailed when the connector fails although none of the cases alone makes it, or none was found in time
 */
export async function judgeTogether(
  rules: readonly NamedRule[],
  plan: Plan,
  options: RunOptions,
  search: FailureSearch,
): Promise<Judged> {
  try {
    return await runPlan(options, plan, async (run, ask) => {
      const looked = await lookAt(rules, run, ask);
      const done = run.results.filter(({ status }) => status === 200).map(({ action }) => action.operation);
      return { ...looked, done: new Set(done) };
    });
  } catch (error) {
    if (!(error instanceof ConnectorFailed)) throw error;
    const { limit, now, until = now() + limit } = search;
    const { blamed, untried } = await blame(rules, plan, options, { ...search, until });
    const ended = searchEnded('whose case makes the connector fail', limit);
    if (blamed.size === 0) {
      if (untried.length > 0) error.message += `; ${ended}`;
      throw error;
    }
    // What was not tried may make it fail again.
    const without = (rule: string) => !blamed.has(rule) && !untried.includes(rule);
    const rest = rules.filter(({ name }) => without(name));
    const cases = plan.cases.filter(({ rule }) => without(rule));
    const { contradictions, notes, ...others } = await judgeTogether(rest, mergeCases(cases), options, {
      ...search,
      until,
    });
    return {
      ...others,
      notes: new Map([
        ...notes,
        ...untried.map((rule) => [rule, [`left out of a world: ${ended}`]] as const),
      ]),
      contradictions: new Map([...contradictions, ...blamed]),
    };
  }
}

/** How the search for the cases that make a connector fail is bounded and watched. */
export interface FailureSearch {
  /** For how many milliseconds it is looked. */
  limit: number;
  /** When it ends; `limit` after the world failed when left out. */
  until?: number;
  /** Milliseconds from some moment on. */
  now: () => number;
  /** Is called before each try. */
  onTry?: (() => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** What the rules see in a run: how much each compared, and what was wrong. Rules without either are left out. */
export async function lookAt(
  rules: readonly NamedRule[],
  run: Run,
  ask: Ask,
): Promise<Pick<Judged, 'contradictions' | 'compared' | 'notes'>> {
  const contradictions = new Map<string, readonly Contradiction[]>();
  const compared = new Map<string, number>();
  const notes = new Map<string, readonly string[]>();
  for (const { name, rule } of rules) {
    const verdicts = await verdictsOf(rule, run, ask);
    const found = wrongOnes(verdicts);
    const told = rule.notes?.(run) ?? [];
    if (told.length > 0) notes.set(name, told);
    if (verdicts.length > 0) compared.set(name, verdicts.length);
    if (found.length > 0) contradictions.set(name, found);
  }
  return { contradictions, compared, notes };
}

/**
 * Finds the rules whose own cases make the connector fail: in one half of them after the other, and only where a half fails in
 * its halves again.
 *
 * @returns them, and the rules for which there was no time
 */
async function blame(
  rules: readonly NamedRule[],
  plan: Plan,
  options: RunOptions,
  { until = Infinity, now, onTry, signal }: FailureSearch,
): Promise<{ blamed: Map<string, Contradiction[]>; untried: string[] }> {
  const blamed = new Map<string, Contradiction[]>();
  const untried: string[] = [];
  const look = async (some: readonly NamedRule[]): Promise<void> => {
    const [named, ...more] = some;
    if (!named) return;
    signal?.throwIfAborted();
    if (now() > until) {
      untried.push(...some.map(({ name }) => name));
      return;
    }
    onTry?.();
    const cases = plan.cases.filter(({ rule }) => some.some(({ name }) => name === rule));
    if (more.length > 0) {
      if (await failsWith(cases, some, options)) await lookInHalves(some);
      return;
    }
    const failure = cases[0] && (await failureOf(cases[0].case, named, options));
    if (failure) blamed.set(named.name, [failure]);
  };
  const lookInHalves = async (some: readonly NamedRule[]) => {
    const middle = Math.ceil(some.length / 2);
    await look(some.slice(0, middle));
    await look(some.slice(middle));
  };
  await lookInHalves(rules.filter(({ name }) => plan.cases.some(({ rule }) => rule === name)));
  return { blamed, untried };
}

async function failsWith(
  cases: Plan['cases'],
  rules: readonly NamedRule[],
  options: RunOptions,
): Promise<boolean> {
  try {
    await runPlan(options, mergeCases(cases), (run, ask) => lookAt(rules, run, ask));
    return false;
  } catch (error) {
    if (!(error instanceof ConnectorFailed)) throw error;
    return true;
  }
}

async function failureOf(
  own: Case,
  named: NamedRule,
  options: RunOptions,
): Promise<Contradiction | undefined> {
  return wrongOnes(await judgeAlone(named, own, options)).find(({ what }) => what === outcome);
}

/** Judges one case of one rule in a world of its own. That the connector fails there is a contradiction too. */
export async function judgeAlone(
  { name, rule }: NamedRule,
  own: Case,
  options: RunOptions,
): Promise<Verdict[]> {
  try {
    const plan = mergeCases([{ rule: name, case: own }]);
    return await runPlan(options, plan, async (run, ask) => verdictsOf(rule, run, ask));
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

/** What a rule compares. Answers that do not have the form which it reads are wrong as well; valid-items says where. */
export async function verdictsOf(rule: Rule, run: Run, ask: Ask): Promise<Verdict[]> {
  try {
    return await rule.holds(run, ask);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return [
      { about: 'what is shown', what: 'its form', expected: 'that of the unified API', got: error.message },
    ];
  }
}
