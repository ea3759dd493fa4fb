import { jobsWithTeams } from '../cases/users.ts';
import { same } from '../support/compare.ts';
import { showsWrong } from '../support/mutants.ts';
import { readingRule } from '../../harness/rule.ts';
import type { GemSchemas } from '../../gem.ts';

export default readingRule({
  statement: 'a user in several groups of a hiring team is one member with a role for each group',
  evidence: { grade: 'observed', source: 'kombo-unified-api §5.7' },
  of: 'jobs',
  becomes: 'jobs',
  needs: ['jobs.hiring_team'],
  about: ['join-jobs-users.roles', 'users.hiring_team_roles'],
  cases: jobsWithTeams,
  // The rule hiring-team says who is in the team.
  judge: ({ gem, unified }) =>
    [...Map.groupBy(unified.hiring_team, ({ remote_id }) => remote_id)].flatMap(([id, members]) => {
      const expected = rolesOf(gem.hiring_team, id);
      if (expected.length === 0) return [];
      const got = members.map(({ hiring_team_roles: roles }) => roles.toSorted());
      return same(`the roles of ${id}`, got, [expected]);
    }),
  mutants: [
    showsWrong('one member for each role', 'jobs', (job) => ({
      ...job,
      hiring_team: job.hiring_team.flatMap((member) =>
        member.hiring_team_roles.map((role) => ({ ...member, hiring_team_roles: [role] })),
      ),
    })),
    showsWrong('first role only', 'jobs', (job) => ({
      ...job,
      hiring_team: job.hiring_team.map((member) => ({
        ...member,
        hiring_team_roles: member.hiring_team_roles.slice(0, 1),
      })),
    })),
    showsWrong('coordinators as recruiters', 'jobs', (job) => ({
      ...job,
      hiring_team: job.hiring_team.map((member) => ({
        ...member,
        hiring_team_roles: [
          ...new Set(member.hiring_team_roles.map((role) => (role === 'COORDINATOR' ? 'RECRUITER' : role))),
        ],
      })),
    })),
  ],
});

function rolesOf(team: GemSchemas['HiringTeam'], id: string | null): string[] {
  return groups
    .filter(([group]) => team[group]?.some((user) => user.id === id))
    .map(([, role]) => role)
    .toSorted();
}

const groups = [
  ['hiring_managers', 'HIRING_MANAGER'],
  ['recruiters', 'RECRUITER'],
  ['coordinators', 'COORDINATOR'],
  ['sourcers', 'SOURCER'],
] as const;
