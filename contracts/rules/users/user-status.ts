import { usersOf } from '../cases/users.ts';
import { same } from '../support/compare.ts';
import { gemRecord, showsWrong } from '../support/mutants.ts';
import { readingRule } from '../../harness/rule.ts';

export default readingRule({
  statement: 'a user who is disabled at Gem is INACTIVE, and everybody else is ACTIVE',
  evidence: { grade: 'observed', source: 'kombo-unified-api §5.7' },
  of: 'users',
  becomes: 'users',
  needs: ['users.status'],
  cases: usersOf(
    [
      { as: 'user-plain' },
      { as: 'user-disabled', disabled: true },
      { as: 'user-administrator', site_admin: true },
      { as: 'user-former-administrator', site_admin: true, disabled: true },
    ],
    [
      { do: 'change', resource: 'users', record: 'user-plain', set: { disabled: true } },
      { do: 'change', resource: 'users', record: 'user-former-administrator', set: { disabled: false } },
    ],
  ),
  judge: ({ gem, unified }) => same('status', unified.status, gem.disabled ? 'INACTIVE' : 'ACTIVE'),
  mutants: [
    showsWrong('everybody active', 'users', (user) => ({ ...user, status: 'ACTIVE' })),
    showsWrong('administrators always active', 'users', (user, gem) => ({
      ...user,
      status: gemRecord(gem, 'users', user.remote_id)?.site_admin === true ? 'ACTIVE' : user.status,
    })),
  ],
});
