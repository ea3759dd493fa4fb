import * as fc from 'fast-check';
import type { Case } from '../../harness/case.ts';
import { same } from '../support/compare.ts';
import { gemRecord, showsWrong } from '../support/mutants.ts';
import { readingRule } from '../../harness/rule.ts';

/** A job with stages in use and out of use. */
const stagesInAndOutOfUse: fc.Arbitrary<Case> = fc
  .array(fc.boolean(), { minLength: 1, maxLength: 3 })
  .map((flags) => ({
    records: {
      jobs: [{ as: 'job-1' }],
      job_stages: flags.map((active, priority) => ({
        as: `stage-${priority + 1}`,
        job_id: 'job-1',
        name: `Step ${priority + 1}`,
        priority,
        active,
      })),
    },
  }));

export default readingRule({
  statement: 'an application stage has no `status` and no `custom_fields`: they are not covered for Gem',
  evidence: { grade: 'assumed', source: 'kombo-unified-api §2.6, §8 #7' },
  of: 'job_stages',
  becomes: 'application-stages',
  needs: [],
  about: ['application-stages.status', 'application-stages.custom_fields'],
  cases: stagesInAndOutOfUse,
  judge: ({ unified }) => [
    ...same('status', unified.status, null),
    ...same('custom_fields', unified.custom_fields, null),
  ],
  mutants: [
    showsWrong('active as the status', 'application-stages', (stage, gem) => {
      const isActive = gemRecord(gem, 'job_stages', stage.remote_id)?.active;
      return { ...stage, status: isActive === false ? 'INACTIVE' : 'ACTIVE' };
    }),
  ],
});
