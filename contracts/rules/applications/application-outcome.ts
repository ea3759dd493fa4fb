import * as fc from 'fast-check';
import { same } from '../support/compare.ts';
import { applicants } from '../cases/people.ts';
import { changesList, gemRecord, showsWrong } from '../support/mutants.ts';
import { readingRule } from '../../harness/rule.ts';

export default readingRule({
  statement:
    "an application's `outcome` is PENDING while it is active at Gem, HIRED when hired, and DECLINED when rejected, by either side",
  evidence: { grade: 'documented', source: 'kombo-unified-api §5.7' },
  of: 'applications',
  becomes: 'applications',
  needs: ['applications.outcome'],
  cases: applicants(
    fc.constant({ application: { status: 'hired' } }),
    fc.constant({ application: { status: 'rejected', rejection_reason_id: 'withdrew' } }),
    fc
      .constantFrom(null, 'not-a-culture-fit')
      .map((reason) => ({ application: { status: 'rejected', rejection_reason_id: reason } })),
    fc.constant({}),
    fc.constant({ later: (application) => ({ do: 'hire', application }) }),
    fc.constant({
      application: { status: 'rejected' },
      later: (application) => ({ do: 'unreject', application }),
    }),
  ),
  judge: ({ gem, unified }) => same('outcome', unified.outcome, outcomes[gem.status]),
  mutants: [
    showsWrong('hires unknown', 'applications', (application) => ({
      ...application,
      outcome: application.outcome === 'HIRED' ? null : application.outcome,
    })),
    changesList('withdrawals without outcome', 'applications', (items, gem, { outcomes: asked }) =>
      items
        .map((item) => {
          const reason = gemRecord(gem, 'applications', item.remote_id)?.rejection_reason;
          return reason?.name === 'Withdrew' ? Object.assign(structuredClone(item), { outcome: null }) : item;
        })
        .filter(({ outcome }) => outcome !== null || asked === undefined),
    ),
  ],
});

const outcomes = { active: 'PENDING', hired: 'HIRED', rejected: 'DECLINED' } as const;
