// Worlds with jobs in them.
import * as fc from 'fast-check';
import type { Case, CaseRecord } from '../../harness/case.ts';
import { caseOf, plainJobs, type Edit, mostOf, nearlyAlways } from './building.ts';
import { name } from './texts.ts';

/** Most of the given jobs. */
export function jobsOf(
  records: readonly (CaseRecord | fc.Arbitrary<CaseRecord>)[],
  edits: readonly Edit[] = [],
): fc.Arbitrary<Case> {
  return fc
    .tuple(mostOf(...records), mostOf(...edits))
    .map(([jobs, done]) => caseOf({ jobs: plainJobs(jobs) }, done));
}

/** Jobs in several offices, in two orders, and in none; the offices differ. */
export const jobsInOffices: fc.Arbitrary<Case> = jobsInSome('offices', 'office_ids', [
  { as: 'office-1', name: 'North', location_name: 'Bergen, Norway' },
  { as: 'office-2', name: 'Renée', location_name: '' },
  { as: 'office-3', name: 'South', location_name: '東京' },
  { as: 'office-4', name: "O'Neil", location_name: ' ', parent_id: 'vienna' },
]);

/** The same with departments. */
export const jobsInDepartments: fc.Arbitrary<Case> = jobsInSome('departments', 'department_ids', [
  { as: 'department-1', name: 'Lens Grinding', parent_id: 'engineering' },
  { as: 'department-2', name: 'Žofie & <b>Söhne</b>' },
  { as: 'department-3', name: '東京', parent_id: 'sales' },
]);

function jobsInSome(
  resource: 'offices' | 'departments',
  field: 'office_ids' | 'department_ids',
  records: readonly (CaseRecord & { as: string })[],
): fc.Arbitrary<Case> {
  return fc
    .record({
      chosen: mostOf(...records),
      places: fc.array(fc.nat({ max: 9 }), { minLength: records.length, maxLength: records.length }),
      job: name,
      edits: mostOf<'rename' | 'reorder'>('rename', 'reorder'),
      hasReversed: nearlyAlways(fc.constant(true), false),
    })
    .map(({ chosen, places, job, edits, hasReversed }) => {
      const ordered = chosen
        .map(({ as }, index) => ({ as, place: places[index] ?? 0 }))
        .toSorted((one, other) => one.place - other.place)
        .map(({ as }) => as);
      const jobs = [
        { as: 'job-1', name: job, [field]: ordered },
        ...(hasReversed ? [{ as: 'job-2', name: job, [field]: ordered.toReversed() }] : []),
        { as: 'job-3', name: job, [field]: [] },
        // Nothing but the name of its place changes.
        { as: 'job-4', name: job, [field]: ordered.slice(0, 1) },
      ];
      const possible: Record<'rename' | 'reorder', Edit[]> = {
        rename: ordered
          .slice(0, 1)
          .map((record) => ({ do: 'change', resource, record, set: { name: 'Renamed Place' } })),
        reorder: ordered
          .slice(1)
          .slice(-1)
          .map((last) => ({ do: 'reorder', resource: 'jobs', record: 'job-1', list: field, order: [last] })),
      };
      return caseOf(
        { [resource]: chosen, jobs: plainJobs(jobs) },
        edits.flatMap((edit) => possible[edit]),
      );
    });
}
