import * as fc from 'fast-check';
import { people } from '../cases/people.ts';
import { same } from '../support/compare.ts';
import { showsWrong } from '../support/mutants.ts';
import { readingRule } from '../../harness/rule.ts';

const value = fc.constantFrom(
  '+43 1 5550199',
  '5550100',
  '+43 (0) 1 / 555-0199 ext. 3',
  '0049-30-5550123',
  'call me maybe',
  'live:odd.contacts',
  '٠١٢٣',
  '',
);

export default readingRule({
  statement: "a candidate's `phone_numbers` are Gem's, letter by letter and in its order",
  evidence: { grade: 'assumed', source: 'kombo-unified-api §5.7: no form of them is documented' },
  of: 'candidates',
  becomes: 'candidates',
  needs: ['candidates.phone_numbers'],
  cases: people(
    fc.constant({ phone_numbers: ['+43 (0) 1 / 555-0199 ext. 3', '5550100'] }),
    fc.record({ phone_numbers: fc.array(value, { maxLength: 3 }) }),
    fc.constant({ phone_numbers: [] }),
  ),
  judge({ gem, unified }) {
    const got = (unified.phone_numbers ?? []).map(({ phone_number: number }) => number);
    const expected = gem.phone_numbers.map((number) => number.value);
    return same('phone_numbers', got.filter(isSaid), expected.filter(isSaid));
  },
  mutants: [
    showsWrong('digits only', 'candidates', (candidate) => {
      for (const one of candidate.phone_numbers ?? [])
        one.phone_number = one.phone_number.replaceAll(/\D/g, '');
      return candidate;
    }),
    showsWrong('only the first number', 'candidates', (candidate) => ({
      ...candidate,
      phone_numbers: candidate.phone_numbers?.slice(0, 1) ?? [],
    })),
  ],
});

/** A blank number may be left out. */
function isSaid(number: string): boolean {
  return number.trim() !== '';
}
