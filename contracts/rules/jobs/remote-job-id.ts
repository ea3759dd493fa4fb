import * as fc from 'fast-check';
import { creates, inputOf, requestedJob, jobReference } from '../support/create-input.ts';
import { createCases } from '../cases/creates.ts';
import { same } from '../support/compare.ts';
import { actsWrong } from '../support/mutants.ts';
import { writingRule } from '../../harness/rule.ts';
import { jobOfCall, refusal } from '../support/action-mutants.ts';
import { created, isDone, mustSucceed } from '../support/results.ts';

export default writingRule({
  statement: 'a job can be named by `remote:` and its id at Gem',
  evidence: { grade: 'documented', source: 'kombo-unified-api §3.1, §5.4' },
  of: creates,
  needs: creates,
  inputs: ['application.job_id'],
  cases: createCases(
    'remote-job-id',
    fc.constantFrom('job-1', 'job-2').map((label) => ({ job: { prefixed: label } })),
    {
      // Gem has two kinds of ids: its own, and those of the system that records were imported from.
      jobs: [
        { as: 'job-1', name: 'Lens Grinder' },
        { as: 'job-2', id: '4965519002', name: 'Optician' },
      ],
    },
  ),
  judge(result, run) {
    const job = requestedJob(result, run);
    if (!jobReference(result).startsWith('remote:') || job?.status !== 'open') return [];
    if (isDone(result)) {
      return created(result, 'applications').flatMap(({ job_id }) => same('job_id', job_id, job.id));
    }
    // Calls with further fields may be refused because of these.
    const isPlain = Object.keys(inputOf(result)).every((key) => ['candidate', 'application'].includes(key));
    return isPlain ? mustSucceed(result) : [];
  },
  mutants: [
    actsWrong('only ids of its own', creates, async (call, right) =>
      jobOfCall(call).startsWith('remote:') ? refusal('PLATFORM.INPUT_INVALID') : right.act(),
    ),
  ],
});
