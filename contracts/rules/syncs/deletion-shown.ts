import { deletedAccount } from '../cases/accounts.ts';
import type { ListName } from '../../harness/lists.ts';
import { type State, throughout } from '../../harness/run.ts';
import { eachList, isThere } from '../support/lists.ts';
import { wrapConnector } from '../support/mutants.ts';
import { type Rule, type Verdict, right, toVerdict } from '../../harness/rule.ts';
import { same } from '../support/compare.ts';
import { toInstant } from '../../clock.ts';

const rule: Rule = {
  statement:
    'with `include_deleted`, a list shows what was deleted since an earlier sync, with a `remote_deleted_at` that stays',
  evidence: { grade: 'documented', source: 'kombo-unified-api §5.3, §1.5; that it stays is assumed' },
  concerns: 'syncing',
  needs: ['include_deleted'],
  about: ['*.remote_deleted_at'],
  wants: 'a record that is listed, and deleted at Gem later',
  cases: deletedAccount,
  holds({ states }) {
    /** When each was deleted, as the last full sync left it. */
    const moments = new Map<string, string>();
    /** The records that were shown while they were there, by list. */
    const seen = new Map<ListName, Set<string | null>>();
    return throughout(states, (state) => {
      for (const { list, records, items } of eachList(state)) {
        const there = items.filter(({ remote_id }) => isThere(records, remote_id));
        seen.set(list, new Set([...(seen.get(list) ?? []), ...there.map(({ remote_id }) => remote_id)]));
      }
      return state.sync === 'FULL' ? [...judge(state, seen), ...judgeMoments(state, moments)] : [];
    });
  },
  mutants: [
    {
      name: 'deleted anew at each sync',
      onlyShows: true,
      break: (connector) => {
        let syncs = 0;
        return wrapConnector(connector, {
          async sync(account, type) {
            syncs += 1;
            await connector.sync(account, type);
          },
          async list(account, list, query) {
            const items = await connector.list(account, list, query);
            return items.map((item) =>
              item.remote_deleted_at === null
                ? item
                : Object.assign({}, item, {
                    remote_deleted_at: toInstant(Date.parse(item.remote_deleted_at) + syncs),
                  }),
            );
          },
        });
      },
    },
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

/** Looks whether what was deleted before the last full sync was deleted then, and not at each sync again. */
function judgeMoments(state: State, moments: Map<string, string>): Verdict[] {
  return eachList(state, state.withDeleted).flatMap(({ list, records, items }) =>
    items.flatMap(({ id, remote_id: remoteId, remote_deleted_at: got }): Verdict[] => {
      const about = `${list} ${remoteId}`;
      const expected = moments.get(id);
      if (got === null || isThere(records, remoteId)) {
        moments.delete(id);
        return [];
      }
      moments.set(id, got);
      if (expected === undefined) return [];
      return same('remote_deleted_at', got, expected).map((one) => toVerdict(about, one));
    }),
  );
}

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
