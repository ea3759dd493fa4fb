import { crowdedAccount } from '../cases/accounts.ts';
import { eachList, isDeleted } from '../support/lists.ts';
import { changesList, wrapConnector } from '../support/mutants.ts';
import { type Mutant, type Rule, type Verdict, toVerdict } from '../../harness/rule.ts';
import { type State, throughout } from '../../harness/run.ts';
import type { UnifiedSchemas } from '../../unified.ts';
import { same } from '../support/compare.ts';

const rule: Rule = {
  statement: 'each list shows every record that Gem has, once, and none that Gem never had',
  evidence: { grade: 'documented', source: 'kombo-unified-api §2.1, §5.4' },
  concerns: 'syncing',
  needs: [],
  about: ['*.remote_id'],
  wants: 'a record at Gem',
  cases: crowdedAccount,
  holds: ({ states }) =>
    throughout(
      // What goes wrong while Gem fails is told by another rule.
      states.filter(({ faults }) => faults.length === 0),
      judge,
    ),
  mutants: [
    wholeList('last record forgotten', (items) => items.slice(0, -1)),
    wholeList('first page only', (items) => items.slice(0, 100)),
    changesList('first page of candidates only', 'candidates', (items, _gem, query) =>
      isWhole(query) ? items.slice(0, 100) : items,
    ),
    {
      name: 'what came back stays hidden',
      onlyShows: true,
      break: (connector) => {
        const [shown, gone] = [new Set<string>(), new Set<string>()];
        return wrapConnector(connector, {
          async list(account, list, query) {
            const items = await connector.list(account, list, query);
            if (list !== 'users' || 'include_deleted' in query) return items;
            if (isWhole(query)) {
              const now = new Set(items.map(({ id }) => id));
              for (const id of shown) if (!now.has(id)) gone.add(id);
              for (const id of now) shown.add(id);
            }
            return items.filter(({ id }) => !gone.has(id));
          },
        });
      },
    },
    wholeList('one record twice', (items) => [...items, ...items.slice(0, 1)]),
    wholeList('a record made up', (items) => [
      ...items,
      ...items.slice(0, 1).map((item) => Object.assign(structuredClone(item), unheardOf)),
    ]),
  ],
};

export default rule;

function judge(state: State): Verdict[] {
  return eachList(state).flatMap(({ list, records, items }) => {
    const shown = new Map<string | null, number>();
    for (const { remote_id } of items) shown.set(remote_id, (shown.get(remote_id) ?? 0) + 1);
    const known = new Set<string | null>(records.map(({ id }) => id));
    // What a delta sync did not bring is left to another rule.
    const present = records.filter(
      (record) => !isDeleted(record) && (state.sync === 'FULL' || shown.has(record.id)),
    );
    const madeUp = [...shown.keys()]
      .filter((id) => !known.has(id))
      .map((id) => toVerdict(`${list} ${id}`, { what, expected: 0, got: 1 }));
    return present
      .flatMap(({ id }) => same(what, shown.get(id) ?? 0, 1).map((one) => toVerdict(`${list} ${id}`, one)))
      .concat(madeUp);
  });
}

const what = 'how often it is shown';

const unheardOf = {
  id: '111111111111111111111111',
  remote_id: 'nobody',
  changed_at: '2000-01-01T00:00:00.000Z',
};

/** A connector that shows a wrong list of users when it is asked without filters. */
function wholeList(
  name: string,
  change: (items: UnifiedSchemas['User'][]) => UnifiedSchemas['User'][],
): Mutant {
  return changesList(name, 'users', (items, _gem, query) => (isWhole(query) ? change(items) : items));
}

function isWhole(query: Readonly<Record<string, string>>): boolean {
  return Object.keys(query).length === 0;
}
