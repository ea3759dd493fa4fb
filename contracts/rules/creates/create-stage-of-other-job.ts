import * as fc from 'fast-check';
import { creates, findStage, requestedJob, stageReference } from '../support/create-input.ts';
import { createCases } from '../cases/creates.ts';
import { twoPipelines } from '../cases/stages.ts';
import { actsWrong } from '../support/mutants.ts';
import { writingRule } from '../../harness/rule.ts';
import { problemOf, answersWrongCode } from '../support/action-mutants.ts';
import { mustBeRefused } from '../support/results.ts';
import type { ActionCall } from '../../harness/adapter.ts';
import type { CreateInput } from '../support/create-input.ts';

const code = 'PLATFORM.INPUT_INVALID';

export default writingRule({
  statement: "a stage that is not the job's is refused as invalid input, and nothing is written",
  evidence: { grade: 'assumed', source: 'kombo-unified-api §3.2' },
  of: creates,
  needs: creates,
  inputs: ['application.stage_id'],
  cases: twoPipelines.chain((records) =>
    createCases(
      'create-stage-of-other-job',
      fc
        .constantFrom({ stage: 'stage-5' }, { stage: 'stage-4' }, { job: 'job-2', stage: 'stage-1' })
        .map((wish) => wish),
      records,
    ),
  ),
  judge(result, run) {
    const named = stageReference(result);
    const job = requestedJob(result, run);
    if (named === undefined || job?.status !== 'open') return [];
    return findStage(named, run)?.job_id === job.id ? [] : mustBeRefused(result, code);
  },
  mutants: [
    answersWrongCode("in Gem's words", creates, {
      code: 'REMOTE.INPUT_INVALID',
      inPlaceOf: code,
      when: namesStage,
    }),
    actsWrong('created in the first stage', creates, async (call, right) => {
      const answer = await right.act();
      if (problemOf(answer) !== code || !namesStage(call)) return answer;
      // All cases send bodies of the unified API.
      const { stage_id: _, application, ...body } = call.body as CreateInput;
      const place = application && { application: { job_id: application.job_id } };
      return right.act({ ...call, body: { ...body, ...place } });
    }),
  ],
});

function namesStage({ body }: ActionCall): boolean {
  return JSON.stringify(body).includes('"stage_id"');
}
