import * as fc from 'fast-check';
import { creates, inputOf } from '../support/create-input.ts';
import { createCases } from '../cases/creates.ts';
import { same } from '../support/compare.ts';
import { writingRule } from '../../harness/rule.ts';
import { createsWrong, leavesOut } from '../support/action-mutants.ts';
import { created, isDone } from '../support/results.ts';

export default writingRule({
  statement: 'the phone number of a new person reaches Gem letter by letter',
  evidence: {
    grade: 'documented',
    source: 'kombo-gem-connector §2; kombo-unified-api §3.1',
  },
  of: creates,
  needs: creates,
  inputs: ['candidate.phone_number'],
  cases: createCases(
    'create-candidate-phone',
    fc.record({
      candidate: fc.record({
        phone_number: fc.constantFrom(
          '+1-541-754-3010',
          '(0) 316 / 12 34-5',
          '+43 1 234 ext. 9',
          '٠١٢٣-٤٥٦',
          'ask at the desk',
        ),
      }),
    }),
  ),
  judge(result) {
    const { phone_number: given = '' } = inputOf(result).candidate;
    if (!isDone(result)) return [];
    return created(result, 'candidates').flatMap(({ phone_numbers: held }) =>
      same(
        'phone_numbers',
        held.map(({ value }) => value),
        given === '' ? [] : [given],
      ),
    );
  },
  mutants: [
    createsWrong('digits only', ({ candidate, ...body }) => {
      const { phone_number: given } = candidate;
      const phone_number = given?.replaceAll(/[^+\d]/g, '');
      return { ...body, candidate: { ...candidate, ...(phone_number !== undefined && { phone_number }) } };
    }),
    leavesOut('phone number left out', 'phone_number'),
  ],
});
