import * as fc from 'fast-check';
import { emailAddresses, people } from '../cases/people.ts';
import { gemRecord, showsWrong } from '../support/mutants.ts';
import { readingRule, type Check } from '../../harness/rule.ts';
import { check } from '../support/compare.ts';

const good = fc.constantFrom('jane@example.com', 'Jane.Doe+jobs@example.co.uk', "o'neil_7@mail.example.org");
const bad = fc.constantFrom(
  'typo@@example',
  'no.at.example.com',
  'two..dots@example.com',
  '.dot@example.com',
  '',
);
// None of these has to be shown. A blank around an address and capitals in its domain never stay as they are (kombo-unified-api §5.7), but
// whether they are mended or cost the address is left open; so is whether the last two count as well formed.
const doubtful = fc.constantFrom(
  ' blank@example.com ',
  'jane@EXAMPLE.com',
  'info@müller.example',
  'dot.@example.com',
);

export default readingRule({
  statement:
    "a candidate's `email_addresses` are Gem's, letter by letter, without those that are not well formed",
  evidence: { grade: 'documented', source: 'kombo-unified-api §2.3, §5.7' },
  of: 'candidates',
  becomes: 'candidates',
  needs: ['candidates.email_addresses'],
  cases: people(
    emailAddresses(good, bad),
    emailAddresses(fc.constant('Jane.Doe@example.com'), good),
    emailAddresses(doubtful, good, bad),
    emailAddresses(bad),
    emailAddresses(),
  ),
  judge({ gem, unified }): Check[] {
    const got = (unified.email_addresses ?? []).map(({ email_address: address }) => address ?? '');
    const known = new Set(gem.email_addresses.map(({ value }) => plain(value)));
    const what = 'email_addresses';
    const owed = gem.email_addresses.filter(({ value }) => isWellFormed(value));
    return [
      ...owed.flatMap(({ value }) =>
        check(got.includes(value), { what, expected: `among them ${value}`, got }),
      ),
      ...[...Map.groupBy(got, plain)].flatMap(([address, all]) => {
        const times = gem.email_addresses.filter(({ value }) => plain(value) === address).length;
        const finding = { what, expected: `${address} ${times} times at most`, got };
        return times === 0 ? [] : check(all.length <= times, finding);
      }),
      ...got.flatMap((address) =>
        check(!isMalformed(address) && known.has(plain(address)), {
          what,
          expected: `without ${address}`,
          got,
        }),
      ),
    ];
  },
  mutants: [
    showsWrong('malformed addresses kept', 'candidates', (candidate, gem) => {
      const known = gemRecord(gem, 'candidates', candidate.remote_id)?.email_addresses ?? [];
      const shown = candidate.email_addresses ?? [];
      const kept = known
        .filter(({ value }) => isMalformed(value))
        .map((one) => ({ email_address: one.value, type: one.type.toUpperCase() }));
      // After a valid address, by which the candidate is found.
      return { ...candidate, email_addresses: shown.length > 0 ? [...shown, ...kept] : shown };
    }),
    showsWrong('addresses in small letters', 'candidates', (candidate) => {
      for (const one of candidate.email_addresses ?? [])
        one.email_address = one.email_address?.toLowerCase() ?? null;
      return candidate;
    }),
  ],
});

/** Well formed by the facts. Addresses that are neither well formed nor malformed are left to the connector. */
function isWellFormed(address: string): boolean {
  return /^[\w+-]+(?:['.][\w+-]+)*@(?:[a-z\d][a-z\d-]*\.)+[a-z]{2,}$/.test(address);
}

function isMalformed(address: string): boolean {
  const [local = '', domain = '', ...more] = address.split('@');
  const isLocal = /^[\w'+\-.]+$/.test(local) && !local.startsWith('.') && !local.includes('..');
  const isDomain = /^[^\s.]+(?:\.[^\s.]+)*\.[^\s.\d]{2,}$/.test(domain) && domain === domain.toLowerCase();
  return more.length > 0 || !isLocal || !isDomain;
}

function plain(address: string): string {
  return address.trim().toLowerCase();
}
