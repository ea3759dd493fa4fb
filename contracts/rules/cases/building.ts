// Puts cases together from records and edits.
import * as fc from 'fast-check';
import type { Case, CaseRecord } from '../../harness/case.ts';

/** An edit that recruiters make. */
export type Edit = NonNullable<Case['edits']>[number];

/**
 * A case of these records. Empty resources are left out, and edits whose record is missing.
 */
export function caseOf(
  lists: Readonly<Partial<Record<keyof Case['records'], readonly CaseRecord[]>>>,
  edits: readonly Edit[] = [],
): Case {
  const records = Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
  const labels = new Set(Object.values(lists).flatMap((list) => list.map(({ as }) => as)));
  return { records, edits: edits.filter((edit) => !('record' in edit) || labels.has(edit.record)) };
}

/** Jobs without stages, unless given: there are many jobs, and few rules read their stages. */
export function plainJobs(jobs: readonly CaseRecord[]): CaseRecord[] {
  return jobs.map((job) => Object.assign({ stages: [] }, job));
}

/**
 * Most of the given values, in their order: a few worlds hold each of them, and shrinking leaves out those that are not
 * needed to break a rule.
 */
export function mostOf<Thing>(...things: readonly (Thing | fc.Arbitrary<Thing>)[]): fc.Arbitrary<Thing[]> {
  const chosen = things.map((thing) => {
    const given = isArbitrary(thing) ? thing.map((one): Thing[] => [one]) : fc.constant<Thing[]>([thing]);
    return nearlyAlways(given, []);
  });
  return fc.tuple(...chosen).map((all) => all.flat());
}

/** The common value, but the rare one every twenty-fifth time; it shrinks to the rare one in one step. */
export function nearlyAlways<Value>(common: fc.Arbitrary<Value>, rare: Value): fc.Arbitrary<Value> {
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 1, arbitrary: fc.constant(rare) },
    { weight: 24, arbitrary: common },
  );
}

function isArbitrary<Thing>(thing: Thing | fc.Arbitrary<Thing>): thing is fc.Arbitrary<Thing> {
  return thing instanceof fc.Arbitrary;
}
