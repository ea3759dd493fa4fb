import { deletedAccount } from '../cases/accounts.ts';
import type { ListName } from '../../harness/lists.ts';
import { type State, throughout } from '../../harness/run.ts';
import { eachList, isThere } from '../support/lists.ts';
import { wrapConnector } from '../support/mutants.ts';
import { type Rule, type Verdict, right } from '../../harness/rule.ts';

const rule: Rule = {
  statement:
    'with `include_deleted`, a list shows what was deleted since an earlier sync, with `remote_deleted_at`',
  evidence: { grade: 'documented', source: 'kombo-unified-api §5.3, §1.5' },
  concerns: 'syncing',
  needs: ['include_deleted'],
  about: ['*.remote_deleted_at'],
  wants: 'a record that is listed, and deleted at Gem later',
  cases: deletedAccount,
  holds({ states }) {
    /** The records that were shown while they were there, by list. */
    const seen = new Map<ListName, Set<string | null>>();
    return throughout(states, (state) => {
      for (const { list, records, items } of eachList(state)) {
        const there = items.filter(({ remote_id }) => isThere(records, remote_id));
        seen.set(list, new Set([...(seen.get(list) ?? []), ...there.map(({ remote_id }) => remote_id)]));
      }
      return state.sync === 'FULL' ? judge(state, seen) : [];
    });
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

/** Looks for what was seen and is gone at Gem. */
function judge(state: State, seen: ReadonlyMap<ListName, ReadonlySet<string | null>>): Verdict[] {
  return eachList(state, state.withDeleted).flatMap(({ list, records, items }) =>
    [...(seen.get(list) ?? [])]
      .filter((id) => !isThere(records, id))
      .map((id): Verdict => {
        const shown = items.filter((item) => item.remote_id === id);
        if (shown.some(({ remote_deleted_at }) => remote_deleted_at !== null)) return right;
        const got = shown[0]?.remote_deleted_at;
        return { about: `${list} ${id}`, what: 'remote_deleted_at', expected: 'a moment', got };
      }),
  );
}
