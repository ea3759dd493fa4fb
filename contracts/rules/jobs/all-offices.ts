import { reachable } from '../../harness/compare.ts';
import { jobsInOffices } from '../../harness/cases/jobs.ts';
import { recordOf, showsWrong } from '../../harness/mutants.ts';
import { readingRule } from '../../harness/rule.ts';
import { withField } from '../../harness/with-field.ts';

export default readingRule({
  statement: "all of a job's offices are reachable through custom fields",
  evidence: { grade: 'documented', source: 'kombo-gem-connector §3 #2' },
  of: 'jobs',
  becomes: 'jobs',
  needs: ['jobs.custom_fields', 'jobs.integration_fields'],
  cases: jobsInOffices,
  judge: ({ gem, unified }) => reachable(unified, 'offices', gem.offices),
  mutants: [
    showsWrong('first office only', 'jobs', (job, gem) =>
      withField(job, 'offices', () => recordOf(gem, 'jobs', job.remote_id)?.offices.slice(0, 1)),
    ),
    showsWrong('all but the first', 'jobs', (job, gem) =>
      withField(job, 'offices', () => recordOf(gem, 'jobs', job.remote_id)?.offices.slice(1)),
    ),
  ],
});
