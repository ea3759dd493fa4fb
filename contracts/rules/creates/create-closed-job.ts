import * as fc from 'fast-check';
import { creates, requestedJob } from '../support/create-input.ts';
import { createCases } from '../cases/creates.ts';
import { actsWrong } from '../support/mutants.ts';
import { writingRule } from '../../harness/rule.ts';
import { problemOf, answersWrongCode } from '../support/action-mutants.ts';
import { mustBeRefused } from '../support/results.ts';
import type { CreateInput } from '../support/create-input.ts';
import type { Case } from '../../harness/case.ts';
import type { ActionResult, Run } from '../../harness/run.ts';

const code = 'ATS.JOB_CLOSED';

const close = { do: 'close', resource: 'jobs', record: 'job-2' } as const;

/** A job that is closed from the start, one that is closed after the first sync, and one that is closed after the last. */
const closed: fc.Arbitrary<Case> = createCases(
  'create-closed-job',
  fc.constantFrom('job-1', 'job-2').map((job) => [{ job }, { job: 'job-3' }]),
  {
    jobs: [
      { as: 'job-1', name: 'Lens Grinder', status: 'closed' },
      { as: 'job-2', name: 'Optician' },
      { as: 'job-3', name: 'Watchmaker' },
    ],
  },
).map(({ records, actions = [] }) => ({
  records,
  edits: [close],
  actions: actions.map((action, index) => (index === 0 ? action : { ...action, edits: [closeLate] })),
}));

const closeLate = { ...close, record: 'job-3' } as const;

function isClosed(result: ActionResult, run: Run): boolean {
  const { edits = [] } = result.action;
  return requestedJob(result, run)?.status === 'closed' || edits.some((edit) => edit.do === 'close');
}

export default writingRule({
  statement: 'an application to a closed job is refused as such, and nothing is written',
  evidence: { grade: 'documented', source: 'kombo-unified-api §1.3, §3.2' },
  of: creates,
  needs: creates,
  inputs: ['application.job_id'],
  cases: closed,
  seesEdits: true,
  judge: (result, run) => (isClosed(result, run) ? mustBeRefused(result, code) : []),
  mutants: [
    answersWrongCode("in Gem's words", creates, { code: 'REMOTE.INPUT_INVALID', inPlaceOf: code }),
    actsWrong('the person kept', creates, async (call, right) => {
      const answer = await right.act();
      if (problemOf(answer) !== code) return answer;
      // All cases send bodies of the unified API.
      const { first_name, last_name, email_address } = (call.body as CreateInput).candidate;
      const emails = [{ email_address, is_primary: true }];
      const created_by = right.account.actingUserId;
      await right.gem('createCrmCandidate', { body: { created_by, first_name, last_name, emails } });
      return answer;
    }),
  ],
});
