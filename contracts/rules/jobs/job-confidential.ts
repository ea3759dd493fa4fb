import { jobsOf } from '../cases/jobs.ts';
import { same } from '../support/compare.ts';
import { gemRecord, showsWrong } from '../support/mutants.ts';
import { readingRule } from '../../harness/rule.ts';

export default readingRule({
  statement: 'a job is `confidential` when Gem says so, and only then',
  evidence: { grade: 'observed', source: 'gem-ats-api §3.3, §9; kombo-unified-api §2.2' },
  of: 'jobs',
  becomes: 'jobs',
  needs: ['jobs.confidential'],
  cases: jobsOf(
    [
      { as: 'job-confidential', confidential: true },
      { as: 'job-confidential-draft', confidential: true, status: 'draft' },
      { as: 'job-public', confidential: false },
      { as: 'job-template', confidential: false, is_template: true },
    ],
    [
      { do: 'change', resource: 'jobs', record: 'job-public', set: { confidential: true } },
      { do: 'change', resource: 'jobs', record: 'job-confidential', set: { confidential: false } },
    ],
  ),
  judge: ({ gem, unified }) => same('confidential', unified.confidential, gem.confidential),
  mutants: [
    showsWrong('nothing confidential', 'jobs', (job) => ({ ...job, confidential: false })),
    showsWrong('templates confidential', 'jobs', (job, gem) => ({
      ...job,
      confidential: job.confidential === true || gemRecord(gem, 'jobs', job.remote_id)?.is_template === true,
    })),
  ],
});
