import * as fc from 'fast-check';
import { links, move, reads, writesBeyond } from '../support/allowed-writes.ts';
import { creates } from '../support/create-input.ts';
import { applicant } from '../cases/stages.ts';
import { create } from '../cases/creates.ts';
import { actsWrong } from '../support/mutants.ts';
import { writingRule } from '../../harness/rule.ts';
import { idOfCall, personOf } from '../support/action-mutants.ts';
import { isDone } from '../support/results.ts';
import type { CreateInput } from '../support/create-input.ts';

const operations = [...creates, move, ...links, ...reads];
const names = { first_name: 'Renée', last_name: 'X' };
const email = 'writes-nothing-else@applicants.example';

export default writingRule({
  statement: 'an action writes to Gem what it is asked for, and touches nothing else',
  evidence: { grade: 'assumed', source: 'kombo-unified-api §3, §3.2' },
  of: operations,
  needs: operations,
  cases: fc.constantFrom(...creates).map((operation) => ({
    records: {
      ...applicant,
      jobs: [...applicant.jobs, { as: 'job-2', name: 'Optician' }],
      candidates: [
        {
          as: 'person-1',
          ...names,
          title: 'Lens Grinder',
          email_addresses: [{ value: email, type: 'personal', is_primary: true }],
        },
      ],
    },
    actions: [
      create(
        operation,
        { ...names, email_address: email },
        { job: 'job-2', candidate: { title: 'Optician' } },
      ),
      {
        operation: move,
        path: { application_id: 'application-1' },
        body: { stage_id: { unified: 'stage-2' } },
      },
    ],
  })),
  judge: (result) => (isDone(result) ? writesBeyond(result) : []),
  mutants: [
    actsWrong('a known person rewritten', creates, async (call, right) => {
      const answer = await right.act();
      const candidate_id = personOf(answer);
      // All cases send bodies of the unified API.
      const { title } = (call.body as CreateInput).candidate;
      if (candidate_id !== undefined && title !== undefined)
        await right.gem('updateCandidate', { path: { candidate_id }, body: { title } });
      return answer;
    }),
    actsWrong('a note of every move', [move], async (call, right) => {
      const answer = await right.act();
      const moved = (await right.list('applications')).find(({ id }) => id === idOfCall(call));
      const path = { candidate_id: moved?.candidate?.remote_id ?? '' };
      const body = { user_id: right.account.actingUserId, body: 'was moved', visibility: 'public' };
      if (answer.status === 200) await right.gem('createNote', { path, body });
      return answer;
    }),
  ],
});
