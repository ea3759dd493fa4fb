import { isDeepStrictEqual } from 'node:util';
import { livingAccount } from '../cases/lives.ts';
import { eachList, isDeleted, isThere, lateChanges, type AnyItem } from '../support/lists.ts';
import { syncsWrong } from '../support/mutants.ts';
import { type Rule, type Verdict, right } from '../../harness/rule.ts';
import { type State, throughout } from '../../harness/run.ts';

const rule: Rule = {
  statement: 'a delta sync brings what was created and changed since the last sync, as a full one would',
  evidence: { grade: 'documented', source: 'kombo-unified-api §4.5' },
  concerns: 'syncing',
  needs: [],
  wants: 'an item of a record at Gem',
  cases: livingAccount,
  holds: ({ states }) =>
    throughout(states, (state, before) => {
      const following = states.slice(states.indexOf(state) + 1);
      const full = following.find(({ sync }) => sync === 'FULL');
      return state.sync === 'DELTA' && state.faults.length === 0 && full && before
        ? judge({ before, delta: state, full, isNext: following[0] === full })
        : [];
    }),
  mutants: [
    syncsWrong('delta does nothing', (connector) => async (account, type) => {
      if (type === 'FULL') await connector.sync(account, type);
    }),
  ],
};

export default rule;

/** The states that tell what a delta sync brought. */
interface Compared {
  before: State;
  delta: State;
  /** After the next full sync. */
  full: State;
  /** Whether nothing happened between the two. */
  isNext: boolean;
}

function judge({ before, delta, full, isNext }: Compared): Verdict[] {
  const lists = eachList(delta);
  const gone = new Set<unknown>(
    lists.flatMap(({ records }) => records.filter(isDeleted).map(({ id }) => id)),
  );
  return eachList(full).flatMap(({ list, records, items }) => {
    const earlier = lists.find((one) => one.list === list);
    const then = earlier?.records ?? [];
    const shown = new Map((earlier?.items ?? []).map((item) => [item.remote_id, item] as const));
    const late = new Set<string | null>(lateChanges(before, delta, list).map(({ id }) => id));
    return items
      .filter(({ remote_id: id }) => isThere(records, id) && !late.has(id))
      .flatMap((item) => {
        const found = shown.get(item.remote_id);
        // What came later may have changed any part of an item, but not that there was one.
        if (!isNext && (found || !isThere(then, item.remote_id))) return [];
        return compare(list, item, found, gone);
      });
  });
}

/** Compares an item after a full sync with the same item after the delta sync before it. */
function compare(
  list: string,
  item: AnyItem,
  earlier: AnyItem | undefined,
  gone: ReadonlySet<unknown>,
): Verdict[] {
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
    .filter(({ expected, got }) => !isDeepStrictEqual(comparable(expected, gone), comparable(got, gone)));
  return wrong.length === 0 ? [right] : wrong;
}

/** Fields that may differ, or that other rules check. */
const passedOver = new Set(['id', 'changed_at', 'remote_data']);

/**
 * Nested items without the fields that may differ.
 *
 * @param gone the ids of deleted records: that they go from the lists of others as well is told by another rule
 */
function comparable(value: unknown, gone: ReadonlySet<unknown>): unknown {
  if (Array.isArray(value)) {
    return value
      .filter((one: unknown) => !gone.has(Object(one).remote_id))
      .map((one: unknown) => comparable(one, gone));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'changed_at' && key !== 'remote_data')
      .map(([key, inner]) => [key, comparable(inner, gone)]),
  );
}
