// Worlds with records of each kind, and edits of them.
import * as fc from 'fast-check';
import type { Case } from '../../harness/case.ts';
import type { Edit } from './building.ts';
import { name } from './texts.ts';

/** Two records of each kind: the first stays, the second may be changed or deleted between two syncs. */
export const busyAccount: fc.Arbitrary<Case> = fc
  .record({ first: name, second: name, extra: fc.nat({ max: 2 }) })
  .map(({ first, second, extra }) => ({
    records: {
      users: [{ as: 'user-1', first_name: first }, { as: 'user-2' }],
      jobs: [
        { as: 'job-1', name: first },
        { as: 'job-2', name: second },
      ],
      candidates: [
        { as: 'candidate-1', first_name: first },
        { as: 'candidate-2', first_name: second },
        ...Array.from({ length: extra }, (_nothing, index) => ({ as: `candidate-${index + 3}` })),
      ],
      applications: [
        { as: 'application-1', candidate_id: 'candidate-1', job_id: 'job-1' },
        { as: 'application-2', candidate_id: 'candidate-2', job_id: 'job-2' },
      ],
      scheduled_interviews: [
        { as: 'interview-1', application_id: 'application-1' },
        { as: 'interview-2', application_id: 'application-2' },
      ],
    },
  }));

/**
 * The same, mostly with more users than fit on a page of Gem, or on its largest page, and sometimes with more candidates
 * than connectors usually read at once.
 */
export const crowdedAccount: fc.Arbitrary<Case> = fc
  .record({
    account: busyAccount,
    users: fc.constantFrom(0, 101, 120, 501),
    candidates: fc.constantFrom(101, 0, 0),
  })
  .map(({ account: { records }, ...crowds }) => {
    const all: Case = {
      records: {
        ...records,
        users: [...(records.users ?? []), ...crowd('user', crowds.users)],
        candidates: [...(records.candidates ?? []), ...crowd('candidate', crowds.candidates)],
      },
      // One goes, and comes back.
      edits: [{ do: 'delete', resource: 'users', record: 'user-2' }],
      later: [[{ do: 'change', resource: 'users', record: 'user-2', set: { deleted_at: null } }]],
    };
    return all;
  });

function crowd(of: string, count: number): { as: string; count: number }[] {
  return count === 0 ? [] : [{ as: `${of}-crowd`, count }];
}

/** Edits of the second record of a kind. */
const changes: readonly Edit[] = [
  { do: 'change', resource: 'jobs', record: 'job-2', set: { name: 'Renamed Job' } },
  { do: 'change', resource: 'candidates', record: 'candidate-2', set: { first_name: 'Renamed' } },
  { do: 'change', resource: 'users', record: 'user-2', set: { first_name: 'Renamed' } },
  { do: 'reject', application: 'application-2' },
  { do: 'hire', application: 'application-2' },
];

const deletions: readonly Edit[] = [
  { do: 'delete', resource: 'candidates', record: 'candidate-2' },
  { do: 'delete', resource: 'jobs', record: 'job-2' },
  { do: 'delete', resource: 'applications', record: 'application-2' },
  { do: 'delete', resource: 'users', record: 'user-2' },
  { do: 'delete', resource: 'scheduled_interviews', record: 'interview-2' },
];

/** An account in which something is changed between the first sync and the next. */
export const changedAccount: fc.Arbitrary<Case> = withOneOf(changes);

/** An account in which something is deleted between the first sync and the next. */
export const deletedAccount: fc.Arbitrary<Case> = withOneOf(deletions);

function withOneOf(edits: readonly Edit[]): fc.Arbitrary<Case> {
  return fc
    .record({ account: busyAccount, edit: fc.constantFrom(...edits) })
    .map(({ account: { records }, edit }) => ({ records, edits: [edit] }));
}
