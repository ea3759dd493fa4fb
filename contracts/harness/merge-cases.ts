import type { ControlSchemas } from '../control.ts';
import type { Action, Case, CaseRecord } from './case.ts';

/** A case together with the rule that made it. */
export interface CaseOfRule {
  rule: string;
  case: Case;
}

/** What one world is made of, and what is done in it. */
export interface Plan {
  /** What it was put together from. */
  cases: readonly CaseOfRule[];
  /** The records by resource, as scenario files write them. */
  records: Record<string, CaseRecord[]>;
  edits: ControlSchemas['Edit'][];
  actions: { action: Action; rule: string }[];
  /** Whether only acts matter: then one sync goes before them, and no edits are made. */
  isBrief?: boolean;
}

/** Puts the cases of many rules into one world: the labels of each get the name of its rule before them. */
export function mergeCases(cases: readonly CaseOfRule[]): Plan {
  const plan: Plan = { cases, records: {}, edits: [], actions: [] };
  for (const { rule, case: own } of cases) {
    const rename = cases.length === 1 ? <Value>(value: Value) => value : renaming(own, rule);
    for (const [resource, records] of Object.entries(own.records)) {
      (plan.records[resource] ??= []).push(...rename(records));
    }
    plan.edits.push(...rename(own.edits ?? []));
    plan.actions.push(...rename(own.actions ?? []).map((action) => ({ action, rule })));
  }
  return plan;
}

/** Makes a function that puts a word before each label of a case, wherever it stands. */
function renaming(own: Case, word: string): <Value>(value: Value) => Value {
  const labels = new Set(labelsOf(own));
  const rename = (value: unknown): unknown => {
    if (typeof value === 'string') return labels.has(value) ? `${word}-${value}` : value;
    if (Array.isArray(value)) return value.map(rename);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rename(inner)]));
  };
  // The shape stays as it was: only texts are others.
  return <Value>(value: Value) => rename(value) as Value;
}

function labelsOf({ records, edits = [] }: Case): string[] {
  const created = edits.flatMap((edit) => ('as' in edit && edit.as !== undefined ? [edit.as] : []));
  const there = Object.values(records).flatMap((list) =>
    list.flatMap(({ as }) => (as === undefined ? [] : [as])),
  );
  return [...there, ...created];
}
