import * as fc from 'fast-check';
import { people } from '../cases/people.ts';
import { showsWrong } from '../support/mutants.ts';
import { readingRule } from '../../harness/rule.ts';
import { check } from '../support/compare.ts';

const type = fc.constantFrom('mobile', 'home', 'work', 'skype', 'other');

export default readingRule({
  statement: "each of a candidate's `phone_numbers` has Gem's type of it in capitals, or none",
  evidence: { grade: 'assumed', source: 'kombo-unified-api §8 #10' },
  of: 'candidates',
  becomes: 'candidates',
  needs: ['candidates.phone_numbers'],
  cases: people(
    type.map((one) => ({ phone_numbers: [{ type: one, value: '5550199' }] })),
    fc.tuple(fc.constantFrom('home', 'skype'), type).map(([first, second]) => ({
      phone_numbers: [
        { type: first, value: '5550100' },
        { type: second, value: '5550101' },
      ],
    })),
  ),
  judge: ({ gem, unified }) =>
    (unified.phone_numbers ?? []).flatMap(({ phone_number: number, type: got }) => {
      const own = gem.phone_numbers.filter(({ value }) => value === number);
      const types = own.map((one) => one.type.toUpperCase());
      if (got === null || types.length === 0) return [];
      return check(types.includes(got), { what: `the type of ${number}`, expected: types.join(' or '), got });
    }),
  mutants: [
    showsWrong('types in small letters', 'candidates', (candidate) => {
      for (const one of candidate.phone_numbers ?? []) one.type = one.type?.toLowerCase() ?? null;
      return candidate;
    }),
    showsWrong('all of them mobile', 'candidates', (candidate) => {
      for (const one of candidate.phone_numbers ?? []) one.type = 'MOBILE';
      return candidate;
    }),
  ],
});
