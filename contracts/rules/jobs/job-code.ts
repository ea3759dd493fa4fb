import * as fc from 'fast-check';
import type { ItemOf } from '../../harness/lists.ts';
import { jobsOf } from '../cases/jobs.ts';
import { text } from '../cases/texts.ts';
import { same } from '../support/compare.ts';
import { filtersToo, showsWrong } from '../support/mutants.ts';
import { readingRule, type Mutant } from '../../harness/rule.ts';

export default readingRule({
  statement: "a job's `job_code` is its requisition id, and null without one",
  evidence: { grade: 'documented', source: 'kombo-unified-api §2.2' },
  of: 'jobs',
  becomes: 'jobs',
  needs: ['jobs.job_code'],
  cases: jobsOf(
    [
      { as: 'job-without', requisition_id: null },
      fc.constantFrom('007', '0042', '1e3').map((requisition_id) => ({ as: 'job-digits', requisition_id })),
      text.map((requisition_id) => ({ as: 'job-any', requisition_id })),
    ],
    [{ do: 'change', resource: 'jobs', record: 'job-any', set: { requisition_id: 'R20220335' } }],
  ),
  // Blanks at the ends do not count, and a blank code is none.
  judge: ({ gem, unified }) => same('job_code', meant(unified.job_code), meant(gem.requisition_id)),
  mutants: [
    showsCode('id in place of none', ({ job_code, remote_id }) => job_code ?? remote_id),
    showsCode('code as a number', ({ job_code }) =>
      /^\d/.test(job_code ?? '') ? String(Number(job_code)) : job_code,
    ),
  ],
});

function meant(code: string | null): string | null {
  return code?.trim() || null;
}

function showsCode(name: string, codeOf: (job: ItemOf['jobs']) => string | null): Mutant {
  const wrong = showsWrong(name, 'jobs', (job) => ({ ...job, job_code: codeOf(job) }));
  return filtersToo(wrong, 'job_codes', (item) => ('job_code' in item ? item.job_code : null));
}
