// How cases are put together: a world has nearly all that its makers think of, and the smallest one that breaks has little.
import * as fc from 'fast-check';
import type { Case, CaseRecord } from '../case.ts';

/** Something that recruiters do. */
export type Edit = NonNullable<Case['edits']>[number];

/** Yes, but for every twelfth time; it shrinks to no in one step. */
export const nearlyAlways: fc.Arbitrary<boolean> = fc.oneof(
  { withCrossShrink: true },
  { weight: 1, arbitrary: fc.constant(false) },
  { weight: 11, arbitrary: fc.constant(true) },
);

/** Most of the given things, in the order in which they are given. */
export function mostOf<Thing>(...things: readonly (Thing | fc.Arbitrary<Thing>)[]): fc.Arbitrary<Thing[]> {
  const chosen = things.map((thing) =>
    fc
      .tuple(nearlyAlways, isArbitrary(thing) ? thing : fc.constant(thing))
      .map(([isThere, one]) => (isThere ? [one] : [])),
  );
  return fc.tuple(...chosen).map((all) => all.flat());
}

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

function isArbitrary<Thing>(thing: Thing | fc.Arbitrary<Thing>): thing is fc.Arbitrary<Thing> {
  return thing instanceof fc.Arbitrary;
}
