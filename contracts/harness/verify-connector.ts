// Runs the rules against a connector that reads from an emulator's worlds.
import { coveredActions } from '../coverage.ts';
import type { Adapter } from './adapter.ts';
import { loadRules, type NamedRule } from './load-rules.ts';
import {
  defaultShrinkLimit,
  judgeWorlds,
  replayCase,
  targetOf,
  worldsAtOnce,
  type Findings,
  type JudgedWorlds,
} from './judge-worlds.ts';
import { actionNames, refuseUnknownCover } from './needs.ts';
import type { Entry, Report } from '../report.ts';
import type { Contradiction, Rule } from './rule.ts';
import { shrinkEnded } from './shrink.ts';
import { defaultVariations, verifyVariedWorlds } from './varied-worlds.ts';

/** What is verified, and how much of it. */
export interface VerifyConnector extends JudgedWorlds {
  /** What the report calls the connector. */
  subject: string;
  /** Which rules; all of them when left out. */
  rules?: readonly string[] | undefined;
  /** How many more worlds vary in unproven guesses; `defaultVariations` when left out, 0 for none. */
  variations?: number | undefined;
}

/**
 * Verifies a connector by the rules, in made-up worlds of an emulator.
 *
 * @returns the outcome of each rule: a broken rule is an entry of the report, not an error
 * @throws ConnectorFailed when it fails although no single rule's case makes it fail, Error in one line when a rule
 *   does not exist or the verification was interrupted
 */
export async function verifyConnector(options: VerifyConnector): Promise<Report> {
  const { connector, subject, seed = 1, now = Date.now } = options;
  const startedAt = now();
  refuseUnknownCover(connector);
  const chosen = await loadRules(options.rules);
  const applicable = chosen.filter(({ rule }) => uncovered(rule, connector).length === 0);
  const findings =
    options.replay === undefined
      ? await judgeWorlds(applicable, options)
      : await replayCase(applicable, options);
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
  const {
    variation,
    seed = 1,
    shrinks = true,
    shrinkLimit = defaultShrinkLimit,
    onProgress,
    signal,
  } = options;
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
    shrinkLimit,
    atOnce: worldsAtOnce(options),
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
    const { example, unfinishedAfter } = found;
    const remark = unfinishedAfter === undefined ? undefined : shrinkEnded(unfinishedAfter);
    return {
      ...common,
      state: 'broken',
      contradictions,
      ...(example && { example }),
      ...(remark !== undefined && { remark }),
    };
  }
  const refused = neverDone(rule, done);
  if (refused.length > 0) {
    return { ...common, state: 'not observed', remark: `${refused.join(' and ')} never succeeded` };
  }
  const told = [...(notes.get(name) ?? [])].slice(0, maxShown);
  if (count === 0) {
    const remark = told[0] ?? `there was nothing to look at; it takes ${wants}`;
    return { ...common, state: 'not observed', remark };
  }
  return { ...common, state: 'held', ...(told.length > 0 && { remark: told.join('; ') }) };
}

/** Contradictions of a rule that are shown. */
const maxShown = 5;

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
