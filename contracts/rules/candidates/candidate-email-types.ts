import * as fc from 'fast-check';
import { emailAddresses, people } from '../cases/people.ts';
import { gemRecord, showsWrong } from '../support/mutants.ts';
import { readingRule } from '../../harness/rule.ts';
import { check } from '../support/compare.ts';

const address = fc.constantFrom('jane@example.com', 'jane.doe@example.co.uk', 'jd@example.org');

export default readingRule({
  statement: "each of a candidate's `email_addresses` has Gem's type of it in capitals, or none",
  evidence: { grade: 'assumed', source: 'kombo-unified-api §8 #10' },
  of: 'candidates',
  becomes: 'candidates',
  needs: ['candidates.email_addresses'],
  cases: people(emailAddresses(address), emailAddresses(address, address), emailAddresses()),
  judge: ({ gem, unified }) =>
    (unified.email_addresses ?? []).flatMap(({ email_address: shown, type }) => {
      const own = gem.email_addresses.filter(
        ({ value }) => value.trim().toLowerCase() === shown?.toLowerCase(),
      );
      const types = own.map((one) => one.type.toUpperCase());
      if (type === null || types.length === 0) return [];
      return check(types.includes(type), {
        what: `the type of ${shown}`,
        expected: types.join(' or '),
        got: type,
      });
    }),
  mutants: [
    showsWrong('types in small letters', 'candidates', (candidate) => {
      for (const one of candidate.email_addresses ?? []) one.type = one.type?.toLowerCase() ?? null;
      return candidate;
    }),
    showsWrong('main address or not', 'candidates', (candidate, gem) => {
      const known = gemRecord(gem, 'candidates', candidate.remote_id)?.email_addresses ?? [];
      for (const one of candidate.email_addresses ?? []) {
        const isMain = known.some(({ value, is_primary: main }) => main && value === one.email_address);
        one.type = isMain ? 'PRIMARY' : 'SECONDARY';
      }
      return candidate;
    }),
  ],
});
