import type { RejectionReasonRecord } from '../records.ts';
import type { Kit } from './kit.ts';

/** Makes the usual rejection reasons, in the two groups that Gem knows: ours and the candidate's (gem-ats-api §9). */
export function makeRejectionReasons(kit: Kit): RejectionReasonRecord[] {
  return groups.flatMap((group) => {
    const type = { id: kit.identifiers.next('rejection_type'), name: group.name };
    return group.reasons.map((name) => ({
      id: kit.identifiers.next('rejection_reason'),
      name,
      type,
      created_at: kit.ago(1000),
      deleted_at: null,
    }));
  });
}

const groups = [
  {
    name: 'We rejected them',
    reasons: ['Lacking skills or qualifications', 'Not a culture fit', 'Hired another candidate'],
  },
  { name: 'They rejected us', reasons: ['Compensation expectations', 'Took another job', 'Withdrew'] },
];
