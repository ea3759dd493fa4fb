// How cases are put together: of records, and of what recruiters do with them.
import * as fc from 'fast-check';
import type { Case, CaseRecord } from '../../harness/case.ts';

/** Something that recruiters do. */
export type Edit = NonNullable<Case['edits']>[number];

/**
 * A case of these records. Resources of which there are none are left out, and so are edits of records that there are not.
 */
export function caseOf(
  lists: Readonly<Partial<Record<keyof Case['records'], readonly CaseRecord[]>>>,
  edits: readonly Edit[] = [],
): Case {
  const records = Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
  const labels = new Set(Object.values(lists).flatMap((list) => list.map(({ as }) => as)));
  return { records, edits: edits.filter((edit) => !('record' in edit) || labels.has(edit.record)) };
}

/** Jobs without stages, unless they say otherwise: they are many, and few rules look at their stages. */
export function plainJobs(jobs: readonly CaseRecord[]): CaseRecord[] {
  return jobs.map((job) => Object.assign({ stages: [] }, job));
}

/**
 * Most of the given things, in the order in which they are given: a few worlds show each of them, and shrinking leaves out
 * those that a break does not need.
 */
export function mostOf<Thing>(...things: readonly (Thing | fc.Arbitrary<Thing>)[]): fc.Arbitrary<Thing[]> {
  const chosen = things.map((thing) => {
    const given = isArbitrary(thing) ? thing.map((one): Thing[] => [one]) : fc.constant<Thing[]>([thing]);
    return nearlyAlways(given, []);
  });
  return fc.tuple(...chosen).map((all) => all.flat());
}

/** The usual value, but for every twenty-fifth time; it shrinks to the other one in one step. */
export function nearlyAlways<Value>(usual: fc.Arbitrary<Value>, otherwise: Value): fc.Arbitrary<Value> {
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 1, arbitrary: fc.constant(otherwise) },
    { weight: 24, arbitrary: usual },
  );
}

function isArbitrary<Thing>(thing: Thing | fc.Arbitrary<Thing>): thing is fc.Arbitrary<Thing> {
  return thing instanceof fc.Arbitrary;
}
