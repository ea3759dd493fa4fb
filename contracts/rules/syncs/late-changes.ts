import { livingAccount } from '../cases/lives.ts';
import type { Account } from '../../harness/adapter.ts';
import { readGem } from '../../harness/read-gem.ts';
import { type State, throughout } from '../../harness/run.ts';
import { eachList, isDeleted, lateChanges, type AnyItem } from '../support/lists.ts';
import { wrapConnector } from '../support/mutants.ts';
import { toVerdict, type Rule, type Verdict } from '../../harness/rule.ts';
import { same } from '../support/compare.ts';

const rule: Rule = {
  statement: 'a delta sync brings also what Gem noted seconds before the last sync, and showed only after it',
  evidence: {
    grade: 'lineage',
    source: 'gem-ats-api §10: what is created may show later; kombo-unified-api §4.5',
  },
  concerns: 'syncing',
  needs: [],
  wants: 'a record whose change Gem shows later than it notes it',
  cases: livingAccount,
  holds: ({ states }) =>
    throughout(states, (state, before) => {
      const full = states.slice(states.indexOf(state) + 1).find(({ sync }) => sync === 'FULL');
      return state.sync === 'DELTA' && before && full ? judge(before, state, full) : [];
    }),
  mutants: [
    {
      name: 'no overlap',
      break: (connector, read = readGem) => {
        let [began, seen, missed] = [0, new Map<string, string>(), new Map<string | null, AnyItem>()];
        return wrapConnector(connector, {
          async sync(account, type) {
            const { users } = await read(account);
            const since = began;
            began = await gemsClock(account);
            const late = users.filter(
              ({ id, updated_at }) =>
                seen.has(id) && seen.get(id) !== updated_at && Date.parse(updated_at) < since,
            );
            const shown = type === 'DELTA' ? await connector.list(account, 'users', {}) : [];
            await connector.sync(account, type);
            const ids = new Set<string | null>(late.map(({ id }) => id));
            missed = new Map(
              shown.flatMap((item) => (ids.has(item.remote_id) ? [[item.remote_id, item] as const] : [])),
            );
            seen = new Map(users.map(({ id, updated_at }) => [id, updated_at]));
          },
          async list(account, list, query) {
            const items = await connector.list(account, list, query);
            return items.map((item) =>
              list === 'users' ? Object.assign({}, item, missed.get(item.remote_id)) : item,
            );
          },
        });
      },
    },
  ],
};

export default rule;

/** Gem's clock as its answers tell it, in milliseconds since 1970. */
async function gemsClock({ url, apiKey }: Account): Promise<number> {
  const { headers } = await fetch(`${url}/ats/v0/offices`, { headers: { 'X-API-Key': apiKey } });
  return Date.parse(headers.get('Date') ?? '');
}

/** Compares what was late with what the next full sync shows of it. */
function judge(before: State, delta: State, full: State): Verdict[] {
  const shownLater = eachList(full);
  return eachList(delta).flatMap(({ list, items }) => {
    const later = shownLater.find((one) => one.list === list)?.items ?? [];
    return lateChanges(before, delta, list)
      .filter((record) => !isDeleted(record))
      .flatMap(({ id }): Verdict[] => {
        const expected = later.find((item) => item.remote_id === id);
        const got = items.find((item) => item.remote_id === id);
        const about = `${list} ${id}`;
        if (!expected) return [];
        if (!got) return [{ about, what: 'whether it is shown', expected: true, got: false }];
        const was: ReadonlyMap<string, unknown> = new Map(Object.entries(got));
        return Object.entries(expected)
          .filter(([what]) => what !== 'changed_at' && what !== 'remote_data')
          .flatMap(([what, value]) => same(what, was.get(what), value))
          .map((one) => toVerdict(about, one));
      });
  });
}
