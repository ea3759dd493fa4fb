import * as fc from 'fast-check';
import { createRequests, creates, inputOf, isPlain, requestedJob } from '../support/create-input.ts';
import { create, oneJob } from '../cases/creates.ts';
import { same } from '../support/compare.ts';
import { applicationsBefore, peopleWith } from '../support/records-before.ts';
import { actsWrong, type RightConnector } from '../support/mutants.ts';
import { writingRule } from '../../harness/rule.ts';
import { personOf, refusal } from '../support/action-mutants.ts';
import { created, isDone, mustSucceed } from '../support/results.ts';
import type { CreateInput } from '../support/create-input.ts';
import type { ActionCall } from '../../harness/adapter.ts';
import type { ItemOf } from '../../harness/lists.ts';
import type { Case } from '../../harness/case.ts';
import type { ActionResult, Run } from '../../harness/run.ts';

const address = 'Create-Finds@applicants.example';
const names = { first_name: 'Renée', last_name: "O'Neil" };

/** A person who has applied to a job applies to another. */
const known: fc.Arbitrary<Case> = fc
  .record({
    written: fc.constantFrom(address, address.toLowerCase()),
    type: fc.constantFrom('personal', 'work'),
    operation: fc.constantFrom(...creates),
  })
  .map(({ written, type, operation }) => ({
    records: {
      jobs: [...oneJob.jobs, { as: 'job-2', name: 'Optician' }],
      candidates: [
        { as: 'person-1', ...names, email_addresses: [{ value: address, type, is_primary: true }] },
      ],
      applications: [{ as: 'application-1', candidate_id: 'person-1', job_id: 'job-1' }],
    },
    actions: [create(operation, { ...names, email_address: written }, { job: 'job-2' })],
  }));

export default writingRule({
  statement: 'a person whom Gem knows by e-mail address is not created again: the application becomes theirs',
  evidence: { grade: 'documented', source: 'kombo-unified-api §3.2; gem-ats-api §14 #4' },
  of: creates,
  needs: creates,
  inputs: ['candidate.email_address'],
  cases: known,
  judge(result, run) {
    const people = peopleWith(inputOf(result).candidate.email_address, result, run);
    const [person, ...more] = people;
    if (person === undefined || more.length > 0) return [];
    // Gem decides whether it finds the person by the address that it gets (gem-ats-api §14 #4).
    const asked = createRequests(result, run);
    if (isDone(result) && asked.length > 0 && created(result, 'candidates').length > 0) return [];
    if (isDone(result)) {
      const [newPeople, applications] = [created(result, 'candidates'), created(result, 'applications')];
      if (newPeople.length === 0 && applications.length === 0) return [];
      return [
        ...same('new people at Gem', newPeople.length, 0),
        ...applications.flatMap((application) => same('candidate_id', application.candidate_id, person)),
      ];
    }
    const isRefused = asked.some(({ status }) => status === 400);
    const isOwed = isPlain(result, run) && !hasApplied(person, result, run) && !isRefused;
    return isOwed ? mustSucceed(result) : [];
  },
  mutants: [
    actsWrong('a person for each job', creates, async (call, right) => {
      // All cases send bodies of the unified API.
      const body = call.body as CreateInput;
      const { email_address: email } = body.candidate;
      if (!(await applicantToOtherJob(call, right))) return right.act();
      const candidate = { ...body.candidate, email_address: `again.${email}` };
      const answer = await right.act({ ...call, body: { ...body, candidate } });
      const path = { candidate_id: personOf(answer) ?? '' };
      await right.gem('updateCandidate', { path, body: { email_addresses: [{ value: email }] } });
      return answer;
    }),
    actsWrong('asks Gem for the job that they have', creates, async (call, right) => {
      const known = await applicantToOtherJob(call, right);
      const job = (await right.list('jobs')).find(({ id }) => id === known?.applications[0]?.job?.id);
      if (!known || !job) return right.act();
      // All cases send bodies of the unified API.
      const { first_name, last_name, email_address: email } = (call.body as CreateInput).candidate;
      const body = { first_name, last_name, email, job_id: job.remote_id };
      const { status } = await right.gem('createCandidate', { body });
      return status === 400 ? refusal('REMOTE.INPUT_INVALID') : right.act();
    }),
  ],
});

/** The person whom a call is about, when they have applied, but not to its job. */
async function applicantToOtherJob(
  call: ActionCall,
  right: RightConnector,
): Promise<ItemOf['candidates'] | undefined> {
  // All cases send bodies of the unified API.
  const { email_address: email } = (call.body as CreateInput).candidate;
  return (await right.list('candidates')).find(
    ({ email_addresses, applications }) =>
      email_addresses?.some((one) => one.email_address?.toLowerCase() === email.toLowerCase()) &&
      applications.every(({ job }) => !JSON.stringify(call).includes(String(job?.id))),
  );
}

function hasApplied(person: string, result: ActionResult, run: Run): boolean {
  return applicationsBefore(result, run).some(
    ({ candidate_id, job_id }) => candidate_id === person && job_id === requestedJob(result, run)?.id,
  );
}
