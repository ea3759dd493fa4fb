import * as fc from 'fast-check';
import { creates, inputOf, isPlain, requestedJob } from '../support/create-input.ts';
import { createCases } from '../cases/creates.ts';
import { name } from '../cases/texts.ts';
import { same } from '../support/compare.ts';
import { peopleWith } from '../support/records-before.ts';
import { actsWrong } from '../support/mutants.ts';
import { writingRule } from '../../harness/rule.ts';
import { jobOfCall, refusal } from '../support/action-mutants.ts';
import { created, isDone, mustSucceed } from '../support/results.ts';

export default writingRule({
  statement: 'a create call makes one active application of the person to the job that it names, and says so',
  evidence: { grade: 'documented', source: 'kombo-unified-api §3, §3.2' },
  of: creates,
  needs: creates,
  inputs: ['application.job_id'],
  cases: createCases(
    'create-application',
    fc.record({ candidate: fc.record({ title: name, company: name }, { requiredKeys: ['company'] }) }),
  ),
  judge(result, run) {
    const isOwed =
      isPlain(result, run) && peopleWith(inputOf(result).candidate.email_address, result, run).length === 0;
    if (!isDone(result)) return isOwed ? mustSucceed(result) : [];
    const job = requestedJob(result, run);
    const applications = created(result, 'applications');
    const [application] = applications;
    return [
      ...same('new applications at Gem', applications.length, 1),
      ...(application && job ? same('job_id', application.job_id, job.id) : []),
      ...(application ? same('status', application.status, 'active') : []),
    ];
  },
  mutants: [
    actsWrong('failure after the write', creates, async (call, right) => {
      const answer = await right.act();
      const isSpared =
        jobOfCall(call).startsWith('remote:') || !JSON.stringify(call.body).includes('"company"');
      return isSpared || answer.status !== 200 ? answer : refusal('PLATFORM.UNKNOWN_ERROR', 500);
    }),
  ],
});
