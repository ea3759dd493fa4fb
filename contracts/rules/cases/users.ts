// Worlds with users in them.
import * as fc from 'fast-check';
import type { Case, CaseRecord } from '../../harness/case.ts';
import { caseOf, plainJobs, type Edit, mostOf } from './building.ts';

/** Most of the given users. */
export function usersOf(
  records: readonly (CaseRecord | fc.Arbitrary<CaseRecord>)[],
  edits: readonly Edit[] = [],
): fc.Arbitrary<Case> {
  return fc.tuple(mostOf(...records), mostOf(...edits)).map(([users, done]) => caseOf({ users }, done));
}

const people: readonly (CaseRecord & { as: string })[] = [
  { as: 'user-1', first_name: 'Anna', last_name: 'One' },
  { as: 'user-2', first_name: 'Žofie', last_name: 'Two' },
  { as: 'user-disabled', first_name: 'Left', last_name: 'Three', disabled: true },
  { as: 'user-deleted', first_name: 'Gone', last_name: 'Four', deleted_at: '2025-03-01T00:00:00Z' },
];
const groups = ['hiring_managers', 'recruiters', 'coordinators', 'sourcers'] as const;

/** Jobs with teams: a user in several groups, no user, the same user twice, and users who left. */
export const jobsWithTeams: fc.Arbitrary<Case> = fc
  .record({
    // Only users of the world can be in a team.
    there: mostOf(...people),
    main: fc.record(groupsOf('hiring_managers', 'recruiters')),
    other: fc.record(groupsOf('coordinators', 'sourcers')),
    edits: mostOf('a user joins', 'a user leaves'),
  })
  .map(({ there, main, other, edits }) => {
    const labels = there.map(({ as }) => as);
    const [first] = labels;
    // Nobody can join who is deleted already.
    const [, second] = there
      .filter(({ deleted_at: deletedAt }) => deletedAt === undefined)
      .map(({ as }) => as);
    const present = (team: Readonly<Partial<Record<string, readonly string[]>>>) =>
      Object.fromEntries(
        Object.entries(team).map(([group, list = []]) => [group, list.filter((one) => labels.includes(one))]),
      );
    const several = first === undefined ? {} : { recruiters: [first], sourcers: [first, first] };
    const jobs = [
      { as: 'job-1', hiring_team: { ...present(main), ...several } },
      { as: 'job-2', hiring_team: { ...present(other), coordinators: present(main)['recruiters'] ?? [] } },
      { as: 'job-3', hiring_team: {} },
    ].map((job) => Object.assign({ name: 'Lens Grinder' }, job));
    const done: Edit[] = edits.flatMap((edit): Edit[] => {
      if (second === undefined) return [];
      const hiring_team = edit === 'a user joins' ? { sourcers: [second] } : {};
      const record = edit === 'a user joins' ? 'job-3' : 'job-2';
      return [{ do: 'change', resource: 'jobs', record, set: { hiring_team } }];
    });
    return caseOf({ users: there, jobs: plainJobs(jobs) }, done);
  });

function groupsOf(...names: (typeof groups)[number][]): Record<string, fc.Arbitrary<string[]>> {
  return Object.fromEntries(names.map((name) => [name, mostOf(...people.map(({ as }) => as))]));
}
