import { reachable } from '../../harness/compare.ts';
import { jobsInDepartments } from '../../harness/cases/jobs.ts';
import { recordOf, showsWrong } from '../../harness/mutants.ts';
import { readingRule } from '../../harness/rule.ts';
import { withField } from '../../harness/with-field.ts';

export default readingRule({
  statement: "all of a job's departments are reachable through custom fields",
  evidence: { grade: 'documented', source: 'kombo-gem-connector §3 #4' },
  of: 'jobs',
  becomes: 'jobs',
  needs: ['jobs.custom_fields', 'jobs.integration_fields'],
  cases: jobsInDepartments,
  judge: ({ gem, unified }) => reachable(unified, 'departments', gem.departments),
  mutants: [
    showsWrong('first department only', 'jobs', (job, gem) =>
      withField(job, 'departments', () => recordOf(gem, 'jobs', job.remote_id)?.departments.slice(0, 1)),
    ),
    showsWrong('names in one text', 'jobs', (job, gem) =>
      withField(job, 'departments', () =>
        recordOf(gem, 'jobs', job.remote_id)
          ?.departments.map(({ name }) => name)
          .join(', '),
      ),
    ),
  ],
});
