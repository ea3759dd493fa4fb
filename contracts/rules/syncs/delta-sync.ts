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
      const place = states.indexOf(state);
      const following = states.slice(place + 1);
      const whole = states.slice(0, place).findLast(({ sync }) => sync === 'FULL');
      const full = following.find(({ sync }) => sync === 'FULL');
      return state.sync === 'DELTA' && state.faults.length === 0 && full && before && whole
        ? judge({ whole, before, delta: state, full, isNext: following[0] === full })
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
  /** After the last full sync. */
  whole: State;
  before: State;
  delta: State;
  /** After the next full sync. */
  full: State;
  /** Whether nothing happened between the two. */
  isNext: boolean;
}

function judge({ whole, before, delta, full, isNext }: Compared): Verdict[] {
  const lists = eachList(delta);
  const gone = new Set<unknown>(
    lists.flatMap(({ records }) => records.filter(isDeleted).map(({ id }) => id)),
  );
  const told = { gone, renamed: renamedUnseen(whole, full) };
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
        return compare(list, item, found, told);
      });
  });
}

/** What other rules tell, or what nothing tells. */
interface Told {
  /** The ids of deleted records: that they go from the lists of others as well is told by another rule. */
  gone: ReadonlySet<unknown>;
  /** Names that Gem has given since, with the names before, of what no time tells the change of. */
  renamed: ReadonlyMap<unknown, string>;
}

/**
 * Names of sources that changed. Where Gem has no list of sources only applications name theirs, and these are not updated by it:
 * no delta sync can see it.
 */
function renamedUnseen(whole: State, full: State): Map<unknown, string> {
  if (full.gem.sources.length > 0) return new Map();
  const names = new Map(sourcesOf(whole));
  return new Map(
    sourcesOf(full).flatMap(([id, name]) => {
      const then = names.get(id);
      return then !== undefined && then !== name ? [[name, then] as const] : [];
    }),
  );
}

/** The sources that applications name, with their ids. */
function sourcesOf({ gem }: State): (readonly [id: string, name: string])[] {
  return gem.applications.flatMap(({ source }) => (source ? [[source.id, source.public_name] as const] : []));
}

/** Compares an item after a full sync with the same item after the delta sync before it. */
function compare(list: string, item: AnyItem, earlier: AnyItem | undefined, told: Told): Verdict[] {
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
    .filter(({ expected, got }) => !isDeepStrictEqual(comparable(expected, told), comparable(got, told)));
  return wrong.length === 0 ? [right] : wrong;
}

/** Fields that may differ, or that other rules check. */
const passedOver = new Set(['id', 'changed_at', 'remote_data']);

/** Nested items without the fields that may differ, and with the names that were known. */
function comparable(value: unknown, told: Told): unknown {
  if (Array.isArray(value)) {
    return value
      .filter((one: unknown) => !told.gone.has(Object(one).remote_id))
      .map((one: unknown) => comparable(one, told));
  }
  if (typeof value !== 'object' || value === null) return told.renamed.get(value) ?? value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'changed_at' && key !== 'remote_data')
      .map(([key, inner]) => [key, comparable(inner, told)]),
  );
}
