// Runs the rules against a connector that reads from an emulator's worlds.
import { coveredActions } from '../coverage.ts';
import type { Adapter } from './adapter.ts';
import { loadRules, type NamedRule } from './load-rules.ts';
import { describeAction } from './case.ts';
import { judgeAlone, judgeTogether } from './judge-world.ts';
import { actionNames, refuseUnknownCover } from './needs.ts';
import { makePlans, mergeCases, type Plan } from './merge-cases.ts';
import type { Entry, Example, Report } from './report/report.ts';
import { wrongOnes, type Contradiction, type Rule } from './rule.ts';
import type { Target } from './target.ts';
import { toScenarioFile } from './scenario-document.ts';
import { shrink } from './shrink.ts';
import type { NamedForms } from './smallest-variation.ts';
import { defaultVariations, verifyVariedWorlds, type TriedPlan } from './varied-worlds.ts';

/** What is verified, and how much of it. */
export interface VerifyConnector extends Target {
  /** What the report calls the connector. */
  subject: string;
  /** Which rules; all of them when left out. */
  rules?: readonly string[] | undefined;
  /** How many worlds are made up; `defaultWorlds` when left out. Each holds one case of every rule. */
  worlds?: number | undefined;
  /** Milliseconds to spend: as many worlds are made up as that allows, one at least; it takes the place of `worlds`. */
  budget?: number | undefined;
  /** The seed of the worlds, a whole number; 1 when left out. */
  seed?: number | undefined;
  /** The path of a broken case that a report names: only that case of the one rule runs again. */
  replay?: string | undefined;
  /** How many more worlds vary in unproven guesses; `defaultVariations` when left out, 0 for none. */
  variations?: number | undefined;
  /** Forms of guesses: then only worlds with these forms are verified. */
  variation?: NamedForms | undefined;
  /** Whether to look for the smallest world that breaks a rule; true when left out. */
  shrinks?: boolean | undefined;
  /** Is called before each world. */
  onProgress?: ((progress: Progress) => void) | undefined;
  /** Ends the verification before the next world. */
  signal?: AbortSignal | undefined;
  /** Milliseconds since 1970; the machine's clock when left out. */
  now?: (() => number) | undefined;
}

/** How far a verification has come. */
export interface Progress {
  /** Judging a world, judging a varied world, or looking for the smallest world that breaks a rule. */
  phase: 'world' | 'varied world' | 'shrinking';
  /** How many worlds were judged; while shrinking, the current one included. */
  done: number;
  /** How many there are; the same as `done` where that is not known before. */
  of: number;
  /** The rule that is being shrunk. */
  rule?: string;
  /** The same in words, one line. */
  text: string;
}

/** The default number of worlds. */
export const defaultWorlds = 12;

/**
 * Verifies a connector by the rules, in made-up worlds of an emulator.
 *
 * @returns the outcome of each rule: a broken rule is an entry of the report, not an error
 * @throws ConnectorFailed when it fails although no single rule's case makes it fail, Error in one line when a rule
 *   does not exist or the verification was interrupted
 */
export async function verifyConnector(options: VerifyConnector): Promise<Report> {
  const { connector, subject, worlds = defaultWorlds, seed = 1, now = Date.now } = options;
  const startedAt = now();
  refuseUnknownCover(connector);
  const chosen = await loadRules(options.rules);
  const applicable = chosen.filter(({ rule }) => uncovered(rule, connector).length === 0);
  const findings =
    options.replay === undefined
      ? await runWorlds(applicable, worlds, seed, options)
      : await replayCase(applicable, seed, options);
  const entries = options.variation ? [] : chosen.map((named) => entryOf(named, findings, connector));
  entries.push(...(await vary(applicable, findings, options)));
  return {
    title: 'Rules of the connector',
    subject,
    startedAt: new Date(startedAt).toISOString(),
    duration: now() - startedAt,
    seed,
    entries,
  };
}

/** Judges the rules that held once more, in varied worlds. */
async function vary(
  applicable: readonly NamedRule[],
  { plans, longest }: Findings,
  options: VerifyConnector,
): Promise<Entry[]> {
  const { variation, seed = 1, shrinks = true, onProgress, signal } = options;
  const count = variation ? plans.length : (options.variations ?? defaultVariations);
  if (options.replay !== undefined || count === 0 || applicable.length === 0) return [];
  let tried = 0;
  return verifyVariedWorlds({
    rules: applicable.filter(({ rule }) => !rule.isOfForms),
    target: {
      ...targetOf(options),
      callLimit: Math.min(Math.max(15_000, 1000 * Math.ceil(longest / 200)), options.callLimit ?? Infinity),
    },
    plans,
    seed,
    count,
    forms: variation,
    shrinks,
    signal,
    onProgress(done, rule) {
      if (rule === undefined) {
        const text = `varied world ${done + 1} of ${count}`;
        return onProgress?.({ phase: 'varied world', done, of: count, text });
      }
      tried += 1;
      const text = `${rule} breaks in a varied world: try ${tried} on the way to the guess that it rests on`;
      onProgress?.({ phase: 'shrinking', done: tried, of: tried, rule, text });
    },
  });
}

/** What the report says of one rule. */
function entryOf(
  { name, rule }: NamedRule,
  { broken, done, compared, notes }: Findings,
  connector: Adapter,
): Entry {
  const { statement, evidence, concerns: group, wants } = rule;
  const count = compared.get(name) ?? 0;
  const common = { name, statement, evidence, group, compared: count, contradictions: [] };
  const found = broken.get(name);
  const missing = uncovered(rule, connector);
  if (missing.length > 0) {
    const remark = `the connector does not cover ${missing.join(', ')}`;
    return { ...common, state: 'not observed', remark };
  }
  if (found) {
    const contradictions = variety(found.contradictions).slice(0, maxShown);
    return { ...common, state: 'broken', contradictions, ...(found.example && { example: found.example }) };
  }
  const refused = neverDone(rule, done);
  if (refused.length > 0) {
    return { ...common, state: 'not observed', remark: `${refused.join(' and ')} never succeeded` };
  }
  if (count === 0)
    return { ...common, state: 'not observed', remark: `there was nothing to look at; it takes ${wants}` };
  const told = [...(notes.get(name) ?? [])].slice(0, maxShown);
  return { ...common, state: 'held', ...(told.length > 0 && { remark: told.join('; ') }) };
}

/** Contradictions of a rule that are shown. */
const maxShown = 5;

interface Broken {
  contradictions: readonly Contradiction[];
  example?: Example;
}

/** What all worlds together showed. */
interface Findings {
  broken: ReadonlyMap<string, Broken>;
  /** How much each rule compared. */
  compared: ReadonlyMap<string, number>;
  /** What a user should know besides, by rule. */
  notes: ReadonlyMap<string, ReadonlySet<string>>;
  /** The actions that were done at least once. */
  done: ReadonlySet<string>;
  /** What each world was made of, and the rules that broke there. */
  plans: readonly TriedPlan[];
  /** Milliseconds that the longest of them took. */
  longest: number;
}

/** Judges world after world, and each broken rule once more alone. */
async function runWorlds(
  rules: readonly NamedRule[],
  worlds: number,
  seed: number,
  options: VerifyConnector,
): Promise<Findings> {
  const planOf = makePlans(rules, seed);
  const { budget, now = Date.now } = options;
  const startedAt = now();
  const isEnough = (number: number): boolean => {
    if (budget === undefined) return number >= worlds;
    const spent = now() - startedAt;
    return number > 0 && spent + spent / number > budget * shareOfWorlds;
  };
  const broken = new Map<string, Broken>();
  const done = new Set<string>();
  const compared = new Map<string, number>();
  const notes = new Map<string, Set<string>>();
  const plans: { plan: Plan; broken: ReadonlySet<string> }[] = [];
  let longest = 0;
  for (let number = 0; !isEnough(number); number += 1) {
    const plan = planOf(number);
    if (options.variation) {
      plans.push({ plan, broken: new Set() });
      continue;
    }
    options.signal?.throwIfAborted();
    options.onProgress?.({
      phase: 'world',
      done: number,
      of: budget === undefined ? worlds : number + 1,
      text: budget === undefined ? `world ${number + 1} of ${worlds}` : `world ${number + 1}`,
    });
    const begun = performance.now();
    const judged = await judgeTogether(rules, plan, targetOf(options));
    longest = Math.max(longest, performance.now() - begun);
    for (const operation of judged.done) done.add(operation);
    for (const [name, count] of judged.compared) compared.set(name, (compared.get(name) ?? 0) + count);
    for (const [name, told] of judged.notes) notes.set(name, new Set([...(notes.get(name) ?? []), ...told]));
    const wrong = [...judged.contradictions].filter(([, found]) => found.length > 0);
    plans.push({ plan, broken: new Set(wrong.map(([name]) => name)) });
    for (const [name, contradictions] of judged.contradictions) {
      if (broken.has(name) || contradictions.length === 0) continue;
      const example = await exampleOf(name, { rules, plan, number, seed }, options);
      broken.set(name, { contradictions, ...example });
    }
  }
  return { broken, compared, notes, done, plans, longest };
}

/** The part of a budget that is spent on worlds in which nothing varies. */
const shareOfWorlds = 0.75;

/** Runs one case that was found before. */
async function replayCase(
  rules: readonly NamedRule[],
  seed: number,
  options: VerifyConnector,
): Promise<Findings> {
  const [only, ...more] = rules;
  if (!only || more.length > 0)
    throw new Error('a replay needs the name of exactly one rule that the connector covers');
  let count = 0;
  const found = await shrink(only, { seed, path: options.replay ?? '', isReplay: true }, async (own) => {
    const verdicts = await judgeAlone(only, own, targetOf(options));
    count += verdicts.length;
    return wrongOnes(verdicts);
  });
  return {
    broken: new Map(found && [[only.name, withExample(only, seed, found)]]),
    compared: new Map([[only.name, count]]),
    notes: new Map(),
    done: new Set(only.rule.of),
    plans: [],
    longest: 0,
  };
}

/** The smallest world in which a rule breaks; the whole one when it does not break by itself. */
async function exampleOf(
  name: string,
  { rules, plan, number, seed }: { rules: readonly NamedRule[]; plan: Plan; number: number; seed: number },
  options: VerifyConnector,
): Promise<Partial<Broken>> {
  const named = rules.find((candidate) => candidate.name === name);
  if (!named || options.shrinks === false) return {};
  let tried = 0;
  const found = await shrink(named, { seed, path: String(number), isReplay: false }, async (own) => {
    tried += 1;
    options.onProgress?.({
      phase: 'shrinking',
      done: tried,
      of: tried,
      rule: name,
      text: `${name} breaks: world ${tried} on the way to the smallest that shows it`,
    });
    return wrongOnes(await judgeAlone(named, own, targetOf(options)));
  });
  if (found) return withExample(named, seed, found);
  const replay = `--seed ${seed} --worlds ${number + 1}`;
  return {
    example: {
      scenario: toScenarioFile(name, named.rule.statement, plan),
      actions: plan.actions.map(({ action }) => describeAction(action)),
      replay,
    },
  };
}

function withExample(
  { name, rule }: NamedRule,
  seed: number,
  { case: own, path, contradictions }: Smallest,
): Broken {
  const plan = mergeCases([{ rule: name, case: own }]);
  return {
    contradictions,
    example: {
      scenario: toScenarioFile(name, rule.statement, plan),
      actions: plan.actions.map(({ action }) => describeAction(action)),
      replay: `--rule ${name} --seed ${seed} --replay ${path}`,
    },
  };
}

type Smallest = NonNullable<Awaited<ReturnType<typeof shrink>>>;

/** The target alone: options hold a variation, which is for the varied worlds only. */
function targetOf({ gem, applicationSecret, connector, callLimit }: VerifyConnector): Target {
  return { gem, applicationSecret, connector, callLimit };
}

/** The needs of a rule that a connector does not cover. */
function uncovered({ needs, of = [] }: Rule, { covers }: Adapter): string[] {
  if (covers === undefined) return [];
  // A rule about unsupported actions needs a connector that covers any action at all.
  const isOfActions = of.length > 0 && !actionNames().some((action) => covers.includes(action));
  const missing = needs.filter((need) => !covers.includes(need));
  return missing.length === 0 && isOfActions ? ['any action'] : missing;
}

/** The actions of a rule when none of them ever succeeded: then nothing is known of what they write. */
function neverDone({ of = [] }: Rule, done: ReadonlySet<string>): readonly string[] {
  const supported = of.filter((operation) => operation in coveredActions);
  return supported.some((operation) => done.has(operation)) ? [] : supported;
}

/** Sorts contradictions so that each kind, and each list, comes once before any comes again. */
function variety(contradictions: readonly Contradiction[]): Contradiction[] {
  const times = new Map<string, number>();
  const ranked = contradictions.map((contradiction) => {
    const kind = `${contradiction.about.split(' ')[0]} ${contradiction.what}`;
    const rank = times.get(kind) ?? 0;
    times.set(kind, rank + 1);
    return { contradiction, rank };
  });
  return ranked.toSorted((left, right) => left.rank - right.rank).map(({ contradiction }) => contradiction);
}
