import * as fc from 'fast-check';
import { creates, inputOf, requestedJob } from '../support/create-input.ts';
import { createCases } from '../cases/creates.ts';
import { same } from '../support/compare.ts';
import { actsWrong } from '../support/mutants.ts';
import { writingRule } from '../../harness/rule.ts';
import { refusal } from '../support/action-mutants.ts';
import { answerOf, isDone, warningsOf, mustSucceed } from '../support/results.ts';
import type { CreateInput } from '../support/create-input.ts';

/** Input that Gem has no place for (kombo-unified-api §3.1). */
const ofCandidate = {
  additional_email_addresses: [{ type: 'WORK', email_address: 'more@uncovered-input.example' }],
  additional_phone_numbers: [{ type: 'PERSONAL', phone_number: '+43 1 234' }],
  location: { country: 'AT', city: 'Graz' },
  gender: 'OTHER',
  availability_date: '2027-01-01T00:00:00.000Z',
  salary_expectations: { period: 'YEAR', amount: 64_000 },
};
const besides = {
  sourced_by: { user_id: 'remote:nobody' },
  gdpr_consent: { given: true },
  remote_fields: { greenhouse: { prospect: true } },
  screening_question_answers: [{ question_id: 'question-9', answer: true }],
};
const uncovered = [...Object.keys(ofCandidate), ...Object.keys(besides)];

export default writingRule({
  statement: 'input that Gem has no place for fails nothing: one warning names each such field',
  evidence: { grade: 'assumed', source: 'kombo-unified-api §3.1' },
  of: creates,
  needs: creates,
  cases: createCases(
    'uncovered-input-warns',
    fc.subarray(uncovered, { minLength: 1 }).map((chosen) => ({
      candidate: pick(ofCandidate, chosen),
      more: pick(besides, chosen),
    })),
  ),
  judge(result, run) {
    const input = inputOf(result);
    const given = uncoveredIn(input);
    if (given.length === 0 || requestedJob(result, run)?.status !== 'open') return [];
    if (!isDone(result)) {
      const isOnlyThat = !(
        'attachments' in input ||
        'source' in input ||
        JSON.stringify(input).includes('"stage_id"')
      );
      return isOnlyThat ? mustSucceed(result) : [];
    }
    return given.flatMap((field) =>
      same(
        `warnings about ${field}`,
        warningsOf(result).filter((message) => message.includes(field)).length,
        1,
      ),
    );
  },
  mutants: [
    actsWrong('silent about what it drops', creates, async (_call, right) => {
      const answer = await right.act();
      const body = answerOf({ answer: answer.body });
      const warnings = body.warnings?.filter(
        ({ message }) => !uncovered.some((field) => String(message).includes(field)),
      );
      return { ...answer, body: { ...body, ...(warnings && { warnings }) } };
    }),
    actsWrong('refuses what Gem cannot hold', creates, async (call, right) => {
      // All cases send bodies of the unified API.
      const given = uncoveredIn(call.body as CreateInput);
      return given.length > 0 ? refusal('PLATFORM.INPUT_INVALID') : right.act();
    }),
  ],
});

function uncoveredIn(input: CreateInput): string[] {
  return [...Object.keys(input.candidate), ...Object.keys(input)].filter((key) => uncovered.includes(key));
}

function pick(fields: object, chosen: readonly string[]): object {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => chosen.includes(key)));
}
