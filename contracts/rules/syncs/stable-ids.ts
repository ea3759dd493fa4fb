import { busyAccount } from '../cases/accounts.ts';
import { type State, throughout } from '../../harness/run.ts';
import { eachList } from '../support/lists.ts';
import { wrapConnector } from '../support/mutants.ts';
import { type Rule, type Verdict, right } from '../../harness/rule.ts';

const rule: Rule = {
  statement: 'each item of a list has an id of its own, which stays the same from sync to sync',
  evidence: { grade: 'documented', source: 'kombo-unified-api §5.4' },
  concerns: 'syncing',
  needs: [],
  about: ['*.id'],
  wants: 'items whose records Gem has',
  cases: busyAccount,
  holds({ states }) {
    /** The id of each record that was ever shown, by list and id at Gem. */
    const known = new Map<string, string>();
    return throughout(states, (state) => [...judgeDistinctness(state), ...judgeSameness(state, known)]);
  },
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

function judgeDistinctness(state: State): Verdict[] {
  return eachList(state).flatMap(({ list, records, items }) => {
    const known = new Set<string | null>(records.map(({ id }) => id));
    const owners = Map.groupBy(
      items.filter(({ remote_id }) => known.has(remote_id)),
      ({ id }) => id,
    );
    return [...owners].flatMap(([id, same]): Verdict[] => {
      const count = new Set(same.map(({ remote_id }) => remote_id)).size;
      return count === 1
        ? [right]
        : [{ about: `${list} ${id}`, what: 'records with the id', expected: 1, got: count }];
    });
  });
}

function judgeSameness(state: State, known: Map<string, string>): Verdict[] {
  return eachList(state).flatMap(({ list, records, items }) => {
    const atGem = new Set<string | null>(records.map(({ id }) => id));
    return items
      .filter(({ remote_id }) => atGem.has(remote_id))
      .flatMap(({ id, remote_id: remoteId }): Verdict[] => {
        const about = `${list} ${remoteId}`;
        const expected = known.get(about);
        known.set(about, expected ?? id);
        if (expected === undefined) return [];
        return [expected === id ? right : { about, what: 'id', expected, got: id }];
      });
  });
}

function rotate(id: string, by: number): string {
  const start = ((by % id.length) + id.length) % id.length;
  return id.slice(start) + id.slice(0, start);
}
