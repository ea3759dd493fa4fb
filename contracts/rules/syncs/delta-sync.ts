import { isDeepStrictEqual } from 'node:util';
import { changedAccount } from '../cases/accounts.ts';
import { eachList, isThere, type AnyItem } from '../support/lists.ts';
import { syncsWrong } from '../support/mutants.ts';
import { type Rule, type Verdict, right } from '../../harness/rule.ts';

const rule: Rule = {
  statement: 'a delta sync brings what was created and changed since the last sync, as a full one would',
  evidence: { grade: 'documented', source: 'kombo-unified-api §4.5' },
  concerns: 'syncing',
  needs: [],
  wants: 'an item of a record at Gem',
  cases: changedAccount,
  holds({ delta, last }) {
    const before = new Map(
      eachList(delta).map(
        ({ list, items }) => [list, new Map(items.map((item) => [item.remote_id, item]))] as const,
      ),
    );
    return eachList(last).flatMap(({ list, records, items }) =>
      items
        .filter(({ remote_id }) => isThere(records, remote_id))
        .flatMap((item) => compare(list, item, before.get(list)?.get(item.remote_id))),
    );
  },
  mutants: [
    syncsWrong('delta does nothing', (connector) => async (account, type) => {
      if (type === 'FULL') await connector.sync(account, type);
    }),
  ],
};

export default rule;

/** Compares an item after a full sync with the same item after the delta sync before it. */
function compare(list: string, item: AnyItem, earlier: AnyItem | undefined): Verdict[] {
  const about = `${list} ${item.remote_id}`;
  if (isDeepStrictEqual(earlier, item)) return [right];
  if (!earlier) return [{ about, what: 'whether it is shown', expected: true, got: false }];
  const wrong = [...new Map(Object.entries(item))]
    // Gem's record nests copies of other records. Their changes do not update it.
    .filter(([key]) => !passedOver.has(key))
    .map(([what, expected]) => ({
      about,
      what,
      expected,
      got: new Map(Object.entries(earlier)).get(what) as unknown,
    }))
    .filter(({ expected, got }) => !isDeepStrictEqual(withoutTimes(expected), withoutTimes(got)));
  return wrong.length === 0 ? [right] : wrong;
}

/** Fields that may differ, or that other rules check. */
const passedOver = new Set(['id', 'changed_at', 'remote_data']);

/** Nested items without the fields that may differ. */
function withoutTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTimes);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'changed_at' && key !== 'remote_data')
      .map(([key, inner]) => [key, withoutTimes(inner)]),
  );
}
