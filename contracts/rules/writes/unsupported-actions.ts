import * as fc from 'fast-check';
import { applicant } from '../cases/stages.ts';
import { actsWrong } from '../support/mutants.ts';
import { writingRule } from '../../harness/rule.ts';
import { idOfCall, answersWrongCode } from '../support/action-mutants.ts';
import { mustBeRefused } from '../support/results.ts';
import type { Action } from '../../harness/case.ts';

const code = 'INTEGRATION.ACTION_NOT_AVAILABLE';
const application = { application_id: 'application-1' };
const candidate = { candidate_id: 'person-1' };
const unsupported: readonly Action[] = [
  { operation: 'rejectAtsApplication', path: application, body: { rejection_reason_id: 'any' } },
  { operation: 'createAtsApplicationNote', path: application, body: { content: 'well done' } },
  { operation: 'createAtsApplicationAttachment', path: application, body: {} },
  { operation: 'createAtsCandidateAttachment', path: candidate, body: {} },
  { operation: 'createAtsCandidateTag', path: candidate, body: { tag: { name: 'any' } } },
  { operation: 'deleteAtsCandidateTag', path: candidate, body: { tag: { name: 'any' } } },
  { operation: 'importTrackedAtsApplication', body: {} },
];
const operations = unsupported.map(({ operation }) => operation);

export default writingRule({
  statement: 'an action that Gem is not covered for says so, and writes nothing',
  evidence: { grade: 'documented', source: 'kombo-unified-api §3.6' },
  of: operations,
  needs: [],
  cases: fc.subarray([...unsupported], { minLength: 4 }).map((actions) => ({ records: applicant, actions })),
  judge: (result) => mustBeRefused(result, code),
  mutants: [
    answersWrongCode('an unknown path', operations, { code: 'PLATFORM.INPUT_INVALID', inPlaceOf: code }),
    actsWrong('rejects all the same', ['rejectAtsApplication'], async (call, right) => {
      const application = (await right.list('applications')).find(({ id }) => id === idOfCall(call));
      await right.gem('rejectApplication', {
        path: { application_id: application?.remote_id ?? '' },
        body: { user_id: right.account.actingUserId },
      });
      return right.act();
    }),
  ],
});
