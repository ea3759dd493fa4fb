import { jobsOf } from '../cases/jobs.ts';
import { text } from '../cases/texts.ts';
import { same } from '../support/compare.ts';
import { gemRecord, showsWrong } from '../support/mutants.ts';
import { readingRule } from '../../harness/rule.ts';

export default readingRule({
  statement: "a job's `name` is Gem's, without the stray blanks at its ends",
  evidence: {
    grade: 'observed',
    source: 'gem-ats-api §3.3: names carry stray blanks, and clients trim them',
  },
  of: 'jobs',
  becomes: 'jobs',
  needs: ['jobs.name'],
  cases: jobsOf(
    [
      { as: 'job-padded', name: ' Account  Executive ' },
      { as: 'job-tabbed', name: '\tMechatroniker (m/w/d)\tSchicht\n' },
      text.map((name) => ({ as: 'job-any', name })),
    ],
    [{ do: 'change', resource: 'jobs', record: 'job-any', set: { name: '  Renamed   Job\u00a0' } }],
  ),
  // The facts do not say whether a blank name is empty or null.
  judge: ({ gem, unified }) => same('name', unified.name ?? '', gem.name.trim()),
  mutants: [
    showsWrong('blanks kept', 'jobs', (job, gem) => ({
      ...job,
      name: gemRecord(gem, 'jobs', job.remote_id)?.name ?? job.name,
    })),
    showsWrong('inner blanks squeezed', 'jobs', (job) => ({
      ...job,
      name: job.name?.replaceAll(/\s+/g, ' ') ?? null,
    })),
  ],
});
