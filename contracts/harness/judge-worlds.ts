// Judges world after world by the rules, several at once where the connector allows it, and each broken rule once more alone.
import { describeAction } from './case.ts';
import { judgeAlone, judgeTogether, type TriedPlan } from './judge-world.ts';
import type { NamedRule } from './load-rules.ts';
import { makePlans, mergeCases, type Plan } from './merge-cases.ts';
import type { Example } from '../report.ts';
import { wrongOnes, type Contradiction } from './rule.ts';
import { toScenarioFile } from './scenario-document.ts';
import { shrink, type Shrunk } from './shrink.ts';
import type { NamedForms } from './smallest-variation.ts';
import type { Target } from './target.ts';

/** Which worlds are judged, and how. */
export interface JudgedWorlds extends Target {
  /** How many worlds are made up; `defaultWorlds` when left out. Each holds one case of every rule. */
  worlds?: number | undefined;
  /** Milliseconds to spend: as many worlds are made up as that allows, one at least; it takes the place of `worlds`. */
  budget?: number | undefined;
  /** The seed of the worlds, a whole number; 1 when left out. */
  seed?: number | undefined;
  /** How many worlds live at once; as many as the connector says it can take when left out. */
  atOnce?: number | undefined;
  /** The path of a broken case that a report names: only that case of the one rule runs again. */
  replay?: string | undefined;
  /** Forms of guesses: then only worlds with these forms are verified. */
  variation?: NamedForms | undefined;
  /** Whether to look for the smallest world that breaks a rule; true when left out. */
  shrinks?: boolean | undefined;
  /**
   * Milliseconds for the search of one rule's smallest world, and for that of the cases that make the connector fail;
   * `defaultShrinkLimit` when left out.
   */
  shrinkLimit?: number | undefined;
  /** Is called before each world. */
  onProgress?: ((progress: Progress) => void) | undefined;
  /** Ends the verification before the next world. */
  signal?: AbortSignal | undefined;
  /** Milliseconds since 1970; the machine's clock when left out. */
  now?: (() => number) | undefined;
}

/** How far a verification has come. */
export interface Progress {
  /** Judging a world, judging a varied world, or looking for the smallest world that breaks a rule or in which it fails. */
  phase: 'world' | 'varied world' | 'shrinking';
  /** How many worlds were judged; while shrinking, the current one included. */
  done: number;
  /** How many there are; the same as `done` where that is not known before. */
  of: number;
  /** The rule that is being shrunk; none while it is looked for what makes the connector fail. */
  rule?: string;
  /** The same in words, one line. */
  text: string;
}

/** The default number of worlds. */
export const defaultWorlds = 12;

/** Milliseconds after which the search of a smallest world ends, unless somebody asks for more. */
export const defaultShrinkLimit = 20_000;

/** What all worlds together showed. */
export interface Findings {
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

interface Broken {
  contradictions: readonly Contradiction[];
  example?: Example;
  /** Milliseconds after which the search of a smaller world was ended, where it was not over. */
  unfinishedAfter?: number;
}

/** How many worlds live at once: as many as was said, or as the connector can take. */
export function worldsAtOnce({ atOnce, connector }: Pick<JudgedWorlds, 'atOnce' | 'connector'>): number {
  return Math.max(1, atOnce ?? connector.accountsAtOnce ?? 1);
}

/** The target alone: options hold a variation, which is for the varied worlds only. */
export function targetOf({ gem, applicationSecret, connector, callLimit }: JudgedWorlds): Target {
  return { gem, applicationSecret, connector, callLimit };
}

/** Judges all worlds, and then each broken rule once more alone. */
export async function judgeWorlds(rules: readonly NamedRule[], options: JudgedWorlds): Promise<Findings> {
  const {
    worlds = defaultWorlds,
    budget,
    seed = 1,
    now = Date.now,
    onProgress,
    signal,
    shrinkLimit: limit = defaultShrinkLimit,
  } = options;
  const planOf = makePlans(rules, seed);
  const startedAt = now();
  let finished = 0;
  const isEnough = (number: number): boolean => {
    if (budget === undefined) return number >= worlds;
    const spent = now() - startedAt;
    if (finished === 0) return number >= worldsAtOnce(options);
    return spent + (spent / finished) * worldsAtOnce(options) > budget * shareOfWorlds;
  };
  const judge = async (number: number) => {
    const plan = planOf(number);
    const nothing = {
      contradictions: new Map(),
      compared: new Map(),
      notes: new Map(),
      done: new Set<string>(),
    };
    if (options.variation) return { plan, number, judged: nothing, took: 0 };
    signal?.throwIfAborted();
    onProgress?.({
      phase: 'world',
      done: finished,
      of: budget === undefined ? worlds : number + 1,
      text: budget === undefined ? `world ${number + 1} of ${worlds}` : `world ${number + 1}`,
    });
    const begun = performance.now();
    let tried = 0;
    const onTry = () => {
      tried += 1;
      const text = `the connector fails in world ${number + 1}: try ${tried} on the way to the rules whose cases make it`;
      onProgress?.({ phase: 'shrinking', done: tried, of: tried, text });
    };
    const judged = await judgeTogether(rules, plan, targetOf(options), { limit, now, onTry, signal });
    finished += 1;
    return { plan, number, judged, took: performance.now() - begun };
  };
  const all = await severally(worldsAtOnce(options), (number) =>
    isEnough(number) ? undefined : judge(number),
  );

  const found = new Map<string, Found>();
  const compared = new Map<string, number>();
  const notes = new Map<string, Set<string>>();
  for (const { plan, number, judged } of all) {
    for (const [name, count] of judged.compared) compared.set(name, (compared.get(name) ?? 0) + count);
    for (const [name, told] of judged.notes) notes.set(name, new Set([...(notes.get(name) ?? []), ...told]));
    for (const [name, contradictions] of judged.contradictions) {
      if (!found.has(name) && contradictions.length > 0)
        found.set(name, { name, contradictions, plan, number });
    }
  }
  const todo = [...found.values()];
  const examples = await severally(worldsAtOnce(options), (index) => {
    const one = todo[index];
    return one && exampleOf(one, rules, options);
  });
  return {
    broken: new Map(
      todo.map(({ name, contradictions }, index) => [name, { contradictions, ...examples[index] }]),
    ),
    compared,
    notes,
    done: new Set(all.flatMap(({ judged }) => [...judged.done])),
    plans: all.map(({ plan, judged }) => ({ plan, broken: new Set(judged.contradictions.keys()) })),
    longest: Math.max(0, ...all.map(({ took }) => took)),
  };
}

/** The part of a budget that is spent on worlds in which nothing varies. */
const shareOfWorlds = 0.75;

/** A rule that broke, and the first world in which it did. */
interface Found {
  name: string;
  contradictions: readonly Contradiction[];
  plan: Plan;
  number: number;
}

/** Runs one case that was found before. */
export async function replayCase(rules: readonly NamedRule[], options: JudgedWorlds): Promise<Findings> {
  const { seed = 1, replay: path = '', shrinkLimit: limit = defaultShrinkLimit } = options;
  const [only, ...more] = rules;
  if (!only || more.length > 0)
    throw new Error('a replay needs the name of exactly one rule that the connector covers');
  let count = 0;
  const { smallest } = await shrink(only, { seed, path, isReplay: true, limit }, async (own) => {
    const verdicts = await judgeAlone(only, own, targetOf(options));
    count += verdicts.length;
    return wrongOnes(verdicts);
  });
  return {
    broken: new Map(smallest && [[only.name, withExample(only, seed, smallest)]]),
    compared: new Map([[only.name, count]]),
    notes: new Map(),
    done: new Set(only.rule.of),
    plans: [],
    longest: 0,
  };
}

/** The smallest world in which a rule breaks; the whole one when it does not break by itself. */
async function exampleOf(
  { name, contradictions, plan, number }: Found,
  rules: readonly NamedRule[],
  options: JudgedWorlds,
): Promise<Broken> {
  const { seed = 1, shrinks = true, shrinkLimit: limit = defaultShrinkLimit, onProgress, signal } = options;
  const named = rules.find((candidate) => candidate.name === name);
  if (!named || !shrinks) return { contradictions };
  signal?.throwIfAborted();
  let tried = 0;
  const { smallest, isUnfinished } = await shrink(
    named,
    { seed, path: String(number), isReplay: false, limit },
    async (own) => {
      tried += 1;
      const text = `${name} breaks: world ${tried} on the way to the smallest that shows it`;
      onProgress?.({ phase: 'shrinking', done: tried, of: tried, rule: name, text });
      return wrongOnes(await judgeAlone(named, own, targetOf(options)));
    },
  );
  const cut = isUnfinished && { unfinishedAfter: limit };
  if (smallest) return { ...withExample(named, seed, smallest), ...cut };
  return {
    contradictions,
    example: {
      scenario: toScenarioFile(name, named.rule.statement, plan),
      actions: plan.actions.map(({ action }) => describeAction(action)),
      replay: `--seed ${seed} --worlds ${number + 1}`,
    },
    ...cut,
  };
}

function withExample(
  { name, rule }: NamedRule,
  seed: number,
  { case: own, path, contradictions }: Shrunk,
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

/**
 * Does one piece of work after the other, several at once. After an error nothing more begins, and what is under way comes to its
 * end first: it may still use what its caller closes then.
 *
 * @param begin begins the piece with this number; undefined when there is none any more
 * @returns what came of each, in the order of their numbers
 */
export async function severally<Result>(
  atOnce: number,
  begin: (number: number) => Promise<Result> | undefined,
): Promise<Result[]> {
  const results: Result[] = [];
  let begun = 0;
  let hasFailed = false;
  const work = async (): Promise<void> => {
    while (!hasFailed) {
      const number = begun;
      const piece = begin(number);
      if (!piece) return;
      begun += 1;
      try {
        results[number] = await piece;
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, work));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return results;
}
