import { creates, jobReference } from '../support/create-input.ts';
import { create, newPerson } from '../cases/creates.ts';
import { actsWrong } from '../support/mutants.ts';
import { writingRule } from '../../harness/rule.ts';
import { doneAnswer, idOfCall, problemOf } from '../support/action-mutants.ts';
import { mustBeRefused } from '../support/results.ts';
import type { Action } from '../../harness/case.ts';
import type { ActionResult, Run } from '../../harness/run.ts';

const code = 'PLATFORM.INPUT_INVALID';
const unknownId = 'unknownunknownunknownunk';
const ofApplication = [
  'moveAtsApplicationToStage',
  'addAtsApplicationResultLink',
  'getAtsApplicationAttachments',
];
const ofCandidate = ['addAtsCandidateResultLink', 'getAtsCandidateAttachments'];
const reads = ['getAtsApplicationAttachments', 'getAtsCandidateAttachments'];
const writes = [...ofApplication, ...ofCandidate].filter((operation) => !reads.includes(operation));

export default writingRule({
  statement:
    'an action on a job, a candidate or an application that does not exist is refused, and nothing is written',
  evidence: { grade: 'assumed', source: 'kombo-unified-api §3.2, §3.5' },
  of: [...creates, ...ofApplication, ...ofCandidate],
  needs: [...creates, ...ofApplication, ...ofCandidate],
  inputs: ['application.job_id', 'application_id', 'candidate_id'],
  cases: newPerson('unknown-id-refused').map((person) => ({
    records: {},
    actions: [
      ...creates.map((operation) => create(operation, person, { job: unknownId })),
      ...[...ofApplication, ...ofCandidate].map(onUnknownId),
    ],
  })),
  judge: (result, run) => (isKnown(result, run) ? [] : mustBeRefused(result, code)),
  mutants: [
    actsWrong('done for an unknown id', writes, async (call, right) => {
      const answer = await right.act();
      const isThere = await Promise.all([right.list('applications'), right.list('candidates')]);
      const known = isThere.flat().some(({ id }) => id === idOfCall(call));
      return problemOf(answer) === code && !known ? doneAnswer : answer;
    }),
    actsWrong('no files for an unknown id', reads, async (_call, right) => {
      const answer = await right.act();
      const body = { status: 'success', data: { results: [] }, warnings: [] };
      return problemOf(answer) === code ? { status: 200, body } : answer;
    }),
  ],
});

function onUnknownId(operation: string): Action {
  const path = { [ofApplication.includes(operation) ? 'application_id' : 'candidate_id']: unknownId };
  if (operation === 'moveAtsApplicationToStage') return { operation, path, body: { stage_id: unknownId } };
  if (reads.includes(operation)) return { operation, path };
  return { operation, path, body: { label: 'Results', url: 'https://results.example/' } };
}

function isKnown(result: ActionResult, { last, results }: Run): boolean {
  const { candidate_id: candidate, application_id: application } = result.sent.path;
  const asked = candidate ?? application ?? jobReference(result);
  const shown = results.map((one) => one.shown);
  return (
    asked.startsWith('remote:') ||
    [last.withDeleted.jobs, last.withDeleted.candidates, last.withDeleted.applications]
      .concat(shown.flatMap(({ candidates, applications }) => [candidates, applications]))
      .some((items) => items.some(({ id }) => id === asked))
  );
}
