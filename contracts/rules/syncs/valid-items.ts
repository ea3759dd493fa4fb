import { busyAccount } from '../cases/accounts.ts';
import { listNames, unifiedLists } from '../../harness/lists.ts';
import type { UnifiedItems } from '../../harness/run.ts';
import { showsWrong } from '../support/mutants.ts';
import { type Rule, type Verdict, right } from '../../harness/rule.ts';
import { unifiedDescription } from '../../unified.ts';
import { createValidator } from '../../validator.ts';

const rule: Rule = {
  statement: 'every item has all the fields of the unified API, each of its type',
  evidence: { grade: 'documented', source: 'kombo-unified-api §2.2 to §2.7' },
  concerns: 'reading',
  needs: ['whole items'],
  about: ['candidates.custom_fields'],
  wants: 'an item in a list',
  cases: busyAccount,
  holds: ({ first, last }) => [...judge(first.withDeleted), ...judge(last.withDeleted)],
  mutants: [
    showsWrong('system_roles left out', 'users', ({ system_roles: _left, ...item }) =>
      // The item is incomplete on purpose.
      Object.assign({} as typeof item & { system_roles: [] }, item),
    ),
  ],
};

export default rule;

function judge(unified: UnifiedItems): Verdict[] {
  // Further fields are allowed: the official client drops them.
  const validator = createValidator(unifiedDescription, { unknownFields: 'allow' });
  return listNames.flatMap((list) =>
    unified[list].flatMap((item): Verdict[] => {
      const wrong = validator.schema(unifiedLists[list].schema, item);
      if (wrong.length === 0) return [right];
      return wrong.map(({ path, message, value }) => ({
        about: `${list} ${item.remote_id}`,
        what: path.join('.') || 'the item',
        expected: message,
        got: value,
      }));
    }),
  );
}
