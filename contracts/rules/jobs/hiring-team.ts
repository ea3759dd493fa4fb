import { jobsWithTeams } from '../cases/users.ts';
import { gemRecord, showsWrong } from '../support/mutants.ts';
import { readingRule } from '../../harness/rule.ts';
import { same } from '../support/compare.ts';

export default readingRule({
  statement: "a job's `hiring_team` has everybody whom Gem's groups name, but for deleted users",
  evidence: { grade: 'assumed', source: 'kombo-unified-api §2.1, §5.7; of deleted users §5.3' },
  of: 'jobs',
  becomes: 'jobs',
  needs: ['jobs.hiring_team'],
  about: ['jobs.hiring_team', 'join-jobs-users.job_id', 'join-jobs-users.user_id'],
  cases: jobsWithTeams,
  judge({ gem, unified, all }) {
    const shown = new Set(unified.hiring_team.map(({ remote_id }) => remote_id));
    const named = new Set(Object.values(gem.hiring_team).flatMap((group) => group.map(({ id }) => id)));
    return [...new Set([...named, ...shown])].flatMap((id) => {
      const user = gemRecord(all, 'users', id);
      // A user whom Gem does not list cannot be shown.
      if (!user && !shown.has(id)) return [];
      const expected = named.has(id ?? '') && user?.deleted_at === null;
      return same(`whether ${id} is in the hiring team`, shown.has(id), expected);
    });
  },
  mutants: [
    showsWrong('managers only', 'jobs', (job) => ({
      ...job,
      hiring_team: job.hiring_team.filter(({ hiring_team_roles: roles }) => roles.includes('HIRING_MANAGER')),
    })),
    showsWrong('disabled users left out', 'jobs', (job, gem) => ({
      ...job,
      hiring_team: job.hiring_team.filter(
        ({ remote_id }) => gemRecord(gem, 'users', remote_id)?.disabled !== true,
      ),
    })),
  ],
});
