import { deletedAccount } from '../cases/accounts.ts';
import { eachList, isThere } from '../support/lists.ts';
import { wrapConnector } from '../support/mutants.ts';
import { type Rule, type Verdict, right } from '../../harness/rule.ts';

const rule: Rule = {
  statement:
    'with `include_deleted`, a list shows what was deleted since an earlier sync, with `remote_deleted_at`',
  evidence: { grade: 'documented', source: 'kombo-unified-api §5.3, §1.5' },
  concerns: 'syncing',
  needs: ['include_deleted'],
  wants: 'a record that is listed, and deleted at Gem later',
  cases: deletedAccount,
  holds({ first, last }) {
    const before = new Map(
      eachList(first).map(({ list, records, items }) => {
        return [list, items.filter(({ remote_id }) => isThere(records, remote_id))] as const;
      }),
    );
    return eachList(last, last.withDeleted).flatMap(({ list, records, items }) =>
      (before.get(list) ?? [])
        .filter(({ remote_id }) => !isThere(records, remote_id))
        .map(({ remote_id: id }): Verdict => {
          const shown = items.filter((item) => item.remote_id === id);
          if (shown.some(({ remote_deleted_at }) => remote_deleted_at !== null)) return right;
          const got = shown[0]?.remote_deleted_at;
          return { about: `${list} ${id}`, what: 'remote_deleted_at', expected: 'a moment', got };
        }),
    );
  },
  mutants: [
    {
      name: 'forgets the deleted',
      onlyShows: true,
      break: (connector) =>
        wrapConnector(connector, {
          async list(account, list, query) {
            const items = await connector.list(account, list, query);
            return items.filter(({ remote_deleted_at }) => remote_deleted_at === null);
          },
        }),
    },
  ],
};

export default rule;
