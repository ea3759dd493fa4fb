import * as fc from 'fast-check';
import type { ControlSchemas } from '../control.ts';
import type { NamedRule } from './load-rules.ts';
import type { Action, Case, CaseRecord, Fault } from './case.ts';

/** A case together with the rule that made it. */
export interface CaseOfRule {
  rule: string;
  case: Case;
}

/** The records of one world, and what is done in it. */
export interface Plan {
  /** The cases that it consists of. */
  cases: readonly CaseOfRule[];
  /** The records by resource, as scenario files write them. */
  records: Record<string, CaseRecord[]>;
  /** What recruiters do, in rounds; the first are the `edits` of the cases. */
  rounds: Round[];
  /** What goes wrong at Gem during three of the syncs. */
  syncFaults: Record<'first' | 'again' | 'delta', Fault[]>;
  actions: { action: Action; rule: string }[];
  /** Whether only the actions matter: then there is one sync before them, and no edit. */
  isBrief?: boolean;
}

/** What recruiters do between two syncs. */
export interface Round {
  edits: ControlSchemas['Edit'][];
  /** What Gem notes with a time shortly before the last sync. */
  unseen: ControlSchemas['Edit'][];
}

/**
 * Puts the cases of many rules into one world. Labels get the name of their rule as a prefix. A case that several rules have in
 * common comes once: rules look at all that is in a world.
 */
export function mergeCases(cases: readonly CaseOfRule[]): Plan {
  const plan: Plan = {
    cases,
    records: {},
    rounds: [],
    syncFaults: { first: [], again: [], delta: [] },
    actions: [],
  };
  const merged = new Set<Case>();
  for (const { rule, case: own } of cases) {
    if (merged.has(own)) continue;
    merged.add(own);
    const rename = cases.length === 1 ? <Value>(value: Value) => value : renaming(own, rule);
    for (const [resource, records] of Object.entries(own.records)) {
      (plan.records[resource] ??= []).push(...rename(resource === 'jobs' ? records.map(withBase) : records));
    }
    for (const [index, { edits, unseen }] of roundsOf(own).entries()) {
      const round = (plan.rounds[index] ??= { edits: [], unseen: [] });
      round.edits.push(...rename(edits));
      round.unseen.push(...rename(unseen));
    }
    const { first = [], again = [], delta = [] } = rename(own.syncFaults ?? {});
    plan.syncFaults.first.push(...first);
    plan.syncFaults.again.push(...again);
    plan.syncFaults.delta.push(...delta);
    plan.actions.push(...rename(own.actions ?? []).map((action) => ({ action, rule })));
  }
  return plan;
}

/** Makes the plan of any world, by its number: a case of every rule. The same seed gives the same worlds, however many. */
export function makePlans(rules: readonly NamedRule[], seed: number): (number: number) => Plan {
  let count = 0;
  let cases = new Map<string, readonly Case[]>();
  return (number) => {
    if (number >= count) {
      // Drawn in bulk: most runs need no more. What several rules draw from, they share.
      count = Math.max(12, 2 * count, number + 1);
      const drawn = new Map(
        [...new Set(rules.map(({ rule }) => rule.cases))].map(
          (own) => [own, fc.sample(own, { seed, numRuns: count })] as const,
        ),
      );
      cases = new Map(rules.map(({ name, rule }) => [name, drawn.get(rule.cases) ?? []]));
    }
    return mergeCases(
      rules.flatMap(({ name }) => {
        const own = cases.get(name)?.[number];
        return own ? [{ rule: name, case: own }] : [];
      }),
    );
  };
}

/**
 * What a job leaves out would be filled in with any user, office or department of the world: with one of another case, which
 * may be deleted there later. So it comes from the base, the same alone and together.
 */
function withBase(job: CaseRecord, index: number): CaseRecord {
  const one = (names: readonly [string, ...string[]]) => [names[index % names.length] ?? names[0]];
  return {
    office_ids: one(['vienna', 'oslo', 'graz']),
    department_ids: one(['engineering', 'optics', 'sales']),
    hiring_team: { hiring_managers: one(['mats', 'ines']), recruiters: one(['paula', 'cora']) },
    ...job,
  };
}

/** Everything that recruiters do, in its order. */
export function editsOf(rounds: readonly Round[]): Round['edits'] {
  return rounds.flatMap(({ edits, unseen }) => edits.concat(unseen));
}

/** What recruiters do in a case, by round. */
function roundsOf({ edits = [], later = [], unseen = [] }: Case): Round[] {
  const rounds = [edits, ...later].map((all): Round => ({ edits: [...all], unseen: [] }));
  if (unseen.length === 0) return rounds;
  while (rounds.length < 3) rounds.push({ edits: [], unseen: [] });
  rounds[2]?.unseen.push(...unseen);
  return rounds;
}

/** Makes a function that puts a prefix before each label of a case. */
function renaming(own: Case, word: string): <Value>(value: Value) => Value {
  const labels = new Set(labelsOf(own));
  const rename = (value: unknown): unknown => {
    if (typeof value === 'string') return labels.has(value) ? `${word}-${value}` : value;
    if (Array.isArray(value)) return value.map(rename);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rename(inner)]));
  };
  // Only texts change, so the type stays.
  return <Value>(value: Value) => rename(value) as Value;
}

function labelsOf(own: Case): string[] {
  const { first = [], again = [], delta = [] } = own.syncFaults ?? {};
  const meanwhile = [...first, ...again, ...delta].flatMap((fault) => ('edits' in fault ? fault.edits : []));
  const edits = [...editsOf(roundsOf(own)), ...meanwhile];
  const created = edits.flatMap((edit) => ('as' in edit && edit.as !== undefined ? [edit.as] : []));
  const there = Object.values(own.records).flatMap((list) =>
    list.flatMap(({ as }) => (as === undefined ? [] : [as])),
  );
  return [...there, ...created];
}
