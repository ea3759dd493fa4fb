// How cases are put together: of records, and of what recruiters do with them.
import type { Case, CaseRecord } from '../case.ts';

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
