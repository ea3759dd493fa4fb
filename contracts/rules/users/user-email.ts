import * as fc from 'fast-check';
import type { GemSchemas } from '../../gem.ts';
import { usersOf } from '../cases/users.ts';
import { filtersToo, gemRecord, showsWrong } from '../support/mutants.ts';
import { readingRule, type Mutant } from '../../harness/rule.ts';
import { check } from '../support/compare.ts';

const broken = [
  'not an address',
  'two@@nordlicht.example',
  '.dot@nordlicht.example',
  'a@b',
  '',
  'x@y z.example',
];

// A scenario would read `${` as a parameter.
const anyAddress = fc.emailAddress({ size: '-1' }).filter((address) => !address.includes('${'));

export default readingRule({
  statement: "a user's `email` is the primary address if that is well formed, and null if it is not",
  evidence: { grade: 'documented', source: 'kombo-unified-api §2.6, §5.7' },
  of: 'users',
  becomes: 'users',
  needs: ['users.email'],
  cases: usersOf(
    [
      {
        as: 'user-several',
        primary_email_address: "m.o'neil-x_1@mail.nordlicht.example",
        emails: ['first@nordlicht.example', "m.o'neil-x_1@mail.nordlicht.example"],
      },
      fc.constantFrom(...broken).map((address) => ({ as: 'user-broken', primary_email_address: address })),
      anyAddress.map((address) => ({ as: 'user-any', primary_email_address: address })),
      { as: 'user-capitals', primary_email_address: ' Jane.Doe+Jobs@Nordlicht.Example ' },
    ],
    [
      {
        do: 'change',
        resource: 'users',
        record: 'user-several',
        set: { primary_email_address: 'n..n@nordlicht.example' },
      },
    ],
  ),
  judge({ gem, unified }) {
    const address = gem.primary_email_address;
    const { email = null } = unified;
    // An address may be made well formed by lower case and without blanks, or be left as it is.
    const isMeant = (text: string) => text.toLowerCase() === address.trim().toLowerCase();
    const isRight = email === null ? !isWellFormed(address) : isWellFormed(email) && isMeant(email);
    return check(isRight, { what: 'email', expected: isWellFormed(address) ? address : null, got: email });
  },
  mutants: [
    showsEmail('broken addresses shown', ({ primary_email_address: address }) => address),
    showsEmail('first address shown', ({ emails }) => emails.find(isWellFormed)),
  ],
});

/** Letters, digits and `'+-._` before the sign; then a domain of small letters with dots and a last part of letters. */
function isWellFormed(address: string): boolean {
  const [local = '', domain = '', ...more] = address.split('@');
  const parts = domain.split('.');
  return (
    more.length === 0 &&
    /^[\w'+.-]+$/.test(local) &&
    local.split('.').every((part) => part !== '') &&
    !local.endsWith("'") &&
    parts.length > 1 &&
    parts.every((part) => /^[a-z\d][a-z\d-]*$/.test(part)) &&
    /^[a-z]{2,}$/.test(parts.at(-1) ?? '')
  );
}

function showsEmail(name: string, choose: (user: GemSchemas['User']) => string | undefined): Mutant {
  const wrong = showsWrong(name, 'users', (user, gem) => {
    const record = gemRecord(gem, 'users', user.remote_id);
    return record ? { ...user, email: choose(record) ?? user.email ?? null } : user;
  });
  return filtersToo(wrong, 'emails', (item) => ('email' in item ? item.email : null));
}
