import { busyAccount } from '../cases/accounts.ts';
import type { State } from '../../harness/run.ts';
import { eachList } from '../support/lists.ts';
import { wrapConnector } from '../support/mutants.ts';
import type { Contradiction, Rule } from '../../harness/rule.ts';

const rule: Rule = {
  statement: 'each item of a list has an id of its own, which stays the same from sync to sync',
  evidence: { grade: 'documented', source: 'kombo-unified-api §5.4' },
  concerns: 'syncing',
  needs: [],
  cases: busyAccount,
  holds: ({ first, last }) => [
    ...judgeDistinctness(first),
    ...judgeDistinctness(last),
    ...judgeSameness(first, last),
  ],
  mutants: [
    {
      name: 'new ids at each sync',
      onlyShows: true,
      break: (connector) => {
        let syncs = 0;
        return wrapConnector(connector, {
          async sync(account, type) {
            syncs += 1;
            await connector.sync(account, type);
          },
          async list(account, list, query) {
            if (list !== 'interviews') return connector.list(account, list, query);
            const { ids = '', ...rest } = query;
            const items = await connector.list(account, list, {
              ...rest,
              ...(ids !== '' && {
                ids: ids
                  .split(',')
                  .map((id) => rotate(id, -syncs))
                  .join(','),
              }),
            });
            return items.map((item) => Object.assign(structuredClone(item), { id: rotate(item.id, syncs) }));
          },
        });
      },
    },
  ],
};

export default rule;

function judgeDistinctness(state: State): Contradiction[] {
  return eachList(state).flatMap(({ list, items }) => {
    const owners = Map.groupBy(items, ({ id }) => id);
    return [...owners].flatMap(([id, same]): Contradiction[] => {
      const count = new Set(same.map(({ remote_id }) => remote_id)).size;
      return count === 1
        ? []
        : [{ about: `${list} ${id}`, what: 'records with the id', expected: 1, got: count }];
    });
  });
}

function judgeSameness(first: State, last: State): Contradiction[] {
  const before = eachList(first);
  return eachList(last).flatMap(({ list, items }) => {
    const known = before.find((one) => one.list === list)?.items ?? [];
    return known.flatMap(({ id: expected, remote_id: remoteId }): Contradiction[] => {
      const now = items.find(({ remote_id }) => remote_id === remoteId);
      if (!now || now.id === expected) return [];
      return [{ about: `${list} ${remoteId}`, what: 'id', expected, got: now.id }];
    });
  });
}

function rotate(id: string, by: number): string {
  const start = ((by % id.length) + id.length) % id.length;
  return id.slice(start) + id.slice(0, start);
}
