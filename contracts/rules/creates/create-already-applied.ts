import * as fc from 'fast-check';
import { createRequests, creates, inputOf, isPlain, requestedJob } from '../support/create-input.ts';
import { create, oneJob } from '../cases/creates.ts';
import { applicationsBefore, peopleWith } from '../support/records-before.ts';
import { actsWrong } from '../support/mutants.ts';
import { writingRule } from '../../harness/rule.ts';
import { problemOf, answersWrongCode } from '../support/action-mutants.ts';
import { mustBeRefused } from '../support/results.ts';
import type { CreateInput } from '../support/create-input.ts';
import type { Case } from '../../harness/case.ts';

const code = 'ATS.APPLICATION_ALREADY_EXISTS';
const address = 'Already-Applied@applicants.example';

/** A person applies to the same job again. */
const again: fc.Arbitrary<Case> = fc
  .record({
    operation: fc.constantFrom(...creates),
    written: fc.constantFrom(address, address.toLowerCase()),
    first_name: fc.constantFrom('X', 'Žofie'),
  })
  .map(({ operation, written, first_name }) => ({
    records: {
      ...oneJob,
      candidates: [
        { as: 'person-1', email_addresses: [{ value: address, type: 'personal', is_primary: true }] },
      ],
      applications: [{ as: 'application-1', candidate_id: 'person-1', job_id: 'job-1' }],
    },
    actions: [create(operation, { first_name, last_name: 'X', email_address: written })],
  }));

export default writingRule({
  statement:
    'a second active application of a person to the same job is refused as such, and nothing is written',
  evidence: { grade: 'documented', source: 'kombo-unified-api §3.2; gem-ats-api §14 #4' },
  of: creates,
  needs: creates,
  cases: again,
  judge(result, run) {
    const [person, ...more] = peopleWith(inputOf(result).candidate.email_address, result, run);
    const job = requestedJob(result, run);
    const hasApplied = applicationsBefore(result, run).some(
      ({ candidate_id, job_id, status }) =>
        candidate_id === person && job_id === job?.id && status === 'active',
    );
    // Gem decides whether it finds the person, and whether they may apply again (gem-ats-api §14 #4).
    const isTakenByGem = createRequests(result, run).some(({ status }) => status !== null && status < 300);
    const isOwed = hasApplied && more.length === 0 && isPlain(result, run) && !isTakenByGem;
    return isOwed ? mustBeRefused(result, code) : [];
  },
  mutants: [
    answersWrongCode("in Gem's words", creates, { code: 'REMOTE.INPUT_INVALID', inPlaceOf: code }),
    actsWrong('a note of the second try', creates, async (call, right) => {
      const answer = await right.act();
      if (problemOf(answer) !== code) return answer;
      // All cases send bodies of the unified API.
      const { email_address } = (call.body as CreateInput).candidate;
      const known = (await right.list('candidates')).find(({ email_addresses }) =>
        email_addresses?.some((one) => one.email_address?.toLowerCase() === email_address.toLowerCase()),
      );
      await right.gem('createNote', {
        path: { candidate_id: known?.remote_id ?? '' },
        body: { user_id: right.account.actingUserId, body: 'has applied again', visibility: 'public' },
      });
      return answer;
    }),
  ],
});
