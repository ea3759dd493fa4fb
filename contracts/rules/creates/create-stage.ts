import * as fc from 'fast-check';
import { creates, findStage, requestedJob, stageReference } from '../support/create-input.ts';
import { createCases } from '../cases/creates.ts';
import { twoPipelines } from '../cases/stages.ts';
import { writingRule, type Check } from '../../harness/rule.ts';
import { createsWrong, jobOfCall } from '../support/action-mutants.ts';
import { created, isDone } from '../support/results.ts';
import type { RightConnector } from '../support/mutants.ts';
import type { ActionResult, Run } from '../../harness/run.ts';
import { check } from '../support/compare.ts';

export default writingRule({
  statement:
    'a new application starts in the stage that the call names, or else in the first active one of its job',
  evidence: { grade: 'lineage', source: "kombo-unified-api §3.1; Harvest's default in gem-ats-api §5.1" },
  of: creates,
  needs: creates,
  inputs: ['application.stage_id'],
  cases: twoPipelines.chain((records) =>
    createCases(
      'create-stage',
      fc.tuple(
        fc.constant({ stage: 'stage-2' }),
        fc.constant({ stage: 'stage-3' }),
        fc.constantFrom({}, {}, { job: 'job-2' }),
      ),
      records,
    ),
  ),
  judge(result, run) {
    const job = requestedJob(result, run);
    const expected = stagesOwed(result, run);
    if (!isDone(result) || !job || expected.length === 0) return [];
    return created(result, 'applications').flatMap(({ job_id, current_stage_id: got }): Check[] => {
      if (job_id !== job.id) return [];
      const isRight = expected.some((id) => id === got);
      return check(isRight, { what: 'current_stage_id', expected: expected.join(' or '), got });
    });
  },
  mutants: [
    createsWrong('last stage when none is named', async (input, right, call) => {
      const stages = await stagesOf(jobOfCall(call), right);
      const last = stages.at(-1)?.id;
      if (last === undefined || (input.stage_id ?? input.application?.stage_id) !== undefined) return input;
      const { application } = input;
      return application
        ? { ...input, application: { ...application, stage_id: last } }
        : { ...input, stage_id: last };
    }),
    createsWrong('stage ignored', async (input, right, call) => {
      const {
        stage_id: own,
        application: { stage_id: other, ...application } = { job_id: '' },
        ...body
      } = input;
      const stages = await stagesOf(jobOfCall(call), right);
      if (!stages.some(({ id }) => id === (own ?? other))) return input;
      return { ...body, ...(input.application && { application }) };
    }),
  ],
});

/** Any of these stages is right; none is owed when the list is empty. */
function stagesOwed(result: ActionResult, run: Run): string[] {
  const named = stageReference(result);
  const job = requestedJob(result, run);
  if (named !== undefined) {
    const stage = findStage(named, run);
    return stage?.job_id === job?.id && stage ? [stage.id] : [];
  }
  const stages = run.last.gem.job_stages.filter(
    ({ job_id, active, deleted_at }) => job_id === job?.id && active && (deleted_at ?? null) === null,
  );
  const first = Math.min(...stages.map(({ priority }) => priority));
  return stages.filter(({ priority }) => priority === first).map(({ id }) => id);
}

/** A job's stages in the unified API, in their order. */
async function stagesOf(reference: string, { list }: RightConnector) {
  const job = (await list('jobs')).find(({ id, remote_id }) =>
    [id, `remote:${remote_id}`].includes(reference),
  );
  return (job?.stages ?? []).toSorted((one, other) => (one.index ?? 0) - (other.index ?? 0));
}
