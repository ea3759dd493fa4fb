import * as fc from 'fast-check';
import { creates, inputOf, type CreateInput } from '../support/create-input.ts';
import { createCases } from '../cases/creates.ts';
import { actsWrong } from '../support/mutants.ts';
import { wrongTypes } from '../support/requests.ts';
import { writingRule, type Check } from '../../harness/rule.ts';
import { createsWrong, personAtGem } from '../support/action-mutants.ts';
import { created, isDone } from '../support/results.ts';
import type { GemSchemas } from '../../gem.ts';
import { check, same } from '../support/compare.ts';

export default writingRule({
  statement: 'every e-mail address written to Gem is written as personal',
  evidence: {
    grade: 'documented',
    source: 'kombo-gem-connector §3 #8',
  },
  of: creates,
  needs: creates,
  inputs: ['candidate.email_address'],
  cases: createCases(
    'personal-emails',
    fc.record({
      candidate: fc.record({
        additional_email_addresses: fc.array(
          fc.record({
            type: fc.constantFrom('WORK', 'PERSONAL', 'OTHER'),
            email_address: fc.constantFrom('lens@personal-emails.example', 'buero+1@personal-emails.example'),
          }),
          { minLength: 1, maxLength: 2 },
        ),
      }),
    }),
  ),
  judge(result) {
    const people = isDone(result) ? created(result, 'candidates') : [];
    return [
      ...people.flatMap((person) => judgeAddresses(inputOf(result), person)),
      ...wrongTypes(result, ({ value }) => (String(value).includes('@') ? value : undefined), 'personal'),
    ];
  },
  mutants: [
    actsWrong('work address as such', creates, async (_call, right) => {
      const answer = await right.act();
      const { id: candidate_id = '', email_addresses: known = [] } = (await personAtGem(answer, right)) ?? {};
      if (known.length === 0 || known.some(({ type }) => type !== 'personal')) return answer;
      const email_addresses = known.map((address) => Object.assign(address, { type: 'work' }));
      await right.gem('updateCandidate', { path: { candidate_id }, body: { email_addresses } });
      return answer;
    }),
    createsWrong('another address in its place', ({ candidate, ...body }) => {
      const [other] = candidate.additional_email_addresses ?? [];
      return {
        ...body,
        candidate: { ...candidate, ...(other && { email_address: `1.${other.email_address}` }) },
      };
    }),
  ],
});

/** Compares the candidate at Gem with the body of the call. */
export function judgeAddresses(
  input: Pick<CreateInput, 'candidate'>,
  gem: Pick<GemSchemas['Candidate'], 'email_addresses'>,
): Check[] {
  const written = addressesOf(input);
  const held = new Map(gem.email_addresses.map(({ value, type }) => [value.toLowerCase(), type]));
  const ownTypes = [...held].filter(([address]) => written.has(address));
  const types = ownTypes.flatMap(([address, type]) =>
    same(`the type of ${address} at Gem`, type, 'personal'),
  );
  const foreign = [...held.keys()].flatMap((address) =>
    check(written.has(address), {
      what: 'the addresses at Gem',
      expected: `without ${address}`,
      got: [...held.keys()],
    }),
  );
  const times = same('addresses at Gem, each once', gem.email_addresses.length, held.size);
  const [own] = written;
  if (own === undefined) return [...types, ...foreign, ...times];
  const expected = `among them ${own}`;
  return [
    ...types,
    ...foreign,
    ...times,
    ...check(held.has(own), { what: 'the addresses at Gem', expected, got: [...held.keys()] }),
  ];
}

/** All addresses of the body; the candidate's own comes first. */
function addressesOf({ candidate }: Pick<CreateInput, 'candidate'>): Set<string> {
  const more = candidate.additional_email_addresses ?? [];
  const addresses = [candidate.email_address, ...more.map(({ email_address }) => email_address)];
  return new Set(addresses.map((address) => address.toLowerCase()));
}
