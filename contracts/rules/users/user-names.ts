import { text } from '../cases/texts.ts';
import { usersOf } from '../cases/users.ts';
import { same } from '../support/compare.ts';
import { gemRecord, showsWrong } from '../support/mutants.ts';
import { readingRule } from '../../harness/rule.ts';

export default readingRule({
  statement: "a user's `first_name` and `last_name` are Gem's own two, not cut from the whole name",
  evidence: { grade: 'observed', source: 'kombo-unified-api §2.6; gem-ats-api §3.6' },
  of: 'users',
  becomes: 'users',
  needs: ['users.first_name', 'users.last_name'],
  cases: usersOf(
    [
      { as: 'user-two-first', first_name: 'Anna Maria', last_name: 'de la Cruz' },
      { as: 'user-one-name', first_name: '', last_name: '東京' },
      text.map((first_name) => ({ as: 'user-any', first_name, last_name: "O'Neil" })),
    ],
    [{ do: 'change', resource: 'users', record: 'user-any', set: { last_name: 'Van Someone Else' } }],
  ),
  // The facts say nothing about empty names and about blanks.
  judge: ({ gem, unified }) => [
    ...same('first_name', unified.first_name?.trim() ?? '', gem.first_name.trim()),
    ...same('last_name', unified.last_name?.trim() ?? '', gem.last_name.trim()),
  ],
  mutants: [
    showsWrong('names changed about', 'users', (user) => ({
      ...user,
      first_name: user.last_name,
      last_name: user.first_name,
    })),
    showsWrong('whole name cut', 'users', (user, gem) => {
      const [first, ...rest] = gemRecord(gem, 'users', user.remote_id)?.name.split(' ') ?? [];
      return { ...user, first_name: first ?? null, last_name: rest.join(' ') };
    }),
  ],
});
