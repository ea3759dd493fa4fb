import * as fc from 'fast-check';
import { applicants } from '../cases/people.ts';
import { name } from '../cases/texts.ts';
import type { Case } from '../../harness/case.ts';
import { gemRecord, showsWrong } from '../support/mutants.ts';
import { readingRule } from '../../harness/rule.ts';
import { sameText } from '../support/compare.ts';

/** Rejections for a standard reason, for one of the team's own, and for none; one is undone between two syncs. */
const rejections: fc.Arbitrary<Case> = fc
  .record({
    own: name,
    people: applicants(
      fc
        .constantFrom('withdrew', 'lacking-skills-or-qualifications')
        .map((reason) => ({ application: { status: 'rejected', rejection_reason_id: reason } })),
      fc.constant({ application: { status: 'rejected', rejection_reason_id: 'reason-1' } }),
      fc.constant({ application: { status: 'rejected', rejection_reason_id: null } }),
      fc.constant({
        application: { status: 'rejected', rejection_reason_id: 'took-another-job' },
        later: (application) => ({ do: 'unreject', application }),
      }),
      fc.constant({ later: (application) => ({ do: 'reject', application, reason: 'reason-1' }) }),
    ),
  })
  .map(({ own, people: { records, edits = [] } }) => ({
    records: { ...records, rejection_reasons: [{ as: 'reason-1', name: own, type: 'They rejected us' }] },
    edits,
  }));

export default readingRule({
  statement:
    "an application's `rejection_reason_name` is the name of the reason it was rejected for, and null without one",
  evidence: {
    grade: 'documented',
    source: 'kombo-gem-connector §1; gem-ats-api §3.2',
  },
  of: 'applications',
  becomes: 'applications',
  needs: ['applications.rejection_reason_name'],
  cases: rejections,
  judge: ({ gem, unified }) =>
    sameText('rejection_reason_name', unified.rejection_reason_name, gem.rejection_reason?.name ?? null),
  mutants: [
    showsWrong('the kind of reason', 'applications', (application, gem) => {
      const reason = gemRecord(gem, 'applications', application.remote_id)?.rejection_reason;
      return { ...application, rejection_reason_name: reason?.type.name ?? null };
    }),
    showsWrong('id of the reason', 'applications', (application, gem) => {
      const reason = gemRecord(gem, 'applications', application.remote_id)?.rejection_reason;
      return { ...application, rejection_reason_name: reason?.id ?? null };
    }),
  ],
});
