import * as fc from 'fast-check';
import { findStage } from '../support/create-input.ts';
import { applicant } from '../cases/stages.ts';
import { applicationToMove, requestedStage } from '../support/records-before.ts';
import { actsWrong } from '../support/mutants.ts';
import { writingRule } from '../../harness/rule.ts';
import { doneAnswer, idOfCall, problemOf } from '../support/action-mutants.ts';
import { mustBeRefused } from '../support/results.ts';

const move = 'moveAtsApplicationToStage';
const code = 'PLATFORM.INPUT_INVALID';

export default writingRule({
  statement:
    "a move to a stage that is not of the application's job is refused as invalid input, and nothing is written",
  evidence: { grade: 'assumed', source: 'kombo-unified-api §3.3' },
  of: [move],
  needs: [move],
  inputs: ['stage_id'],
  // A stage of another job may have the same name.
  cases: fc.constantFrom('Trial Day', 'Elsewhere').map((name) => ({
    records: {
      ...applicant,
      jobs: [...applicant.jobs, { as: 'job-2', name: 'Optician' }],
      job_stages: [...applicant.job_stages, { as: 'stage-4', job_id: 'job-2', name, priority: 0 }],
    },
    actions: [
      {
        operation: move,
        path: { application_id: 'application-1' },
        body: { stage_id: { unified: 'stage-4' } },
      },
    ],
  })),
  judge(result, run) {
    const application = applicationToMove(result, run);
    if (!application) return [];
    return findStage(requestedStage(result), run)?.job_id === application.job_id
      ? []
      : mustBeRefused(result, code);
  },
  mutants: [
    actsWrong('taken in silence', [move], async (call, right) => {
      const answer = await right.act();
      const isKnown = (await right.list('applications')).some(({ id }) => id === idOfCall(call));
      return problemOf(answer) === code && isKnown ? doneAnswer : answer;
    }),
    actsWrong('a move all the same', [move], async (call, right) => {
      const answer = await right.act();
      const application = (await right.list('applications')).find(({ id }) => id === idOfCall(call));
      if (problemOf(answer) !== code || !application?.remote_id) return answer;
      await right.gem('advanceApplication', {
        path: { application_id: application.remote_id },
        body: { user_id: right.account.actingUserId, from_stage_id: application.current_stage?.remote_id },
      });
      return answer;
    }),
  ],
});
