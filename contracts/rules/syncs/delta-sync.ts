import { isDeepStrictEqual } from 'node:util';
import { livingAccount } from '../cases/lives.ts';
import { eachList, isDeleted, isThere, lateChanges, type AnyItem } from '../support/lists.ts';
import { syncsWrong, wrapConnector } from '../support/mutants.ts';
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
    {
      name: 'a reason that got another name as before',
      onlyShows: true,
      break(connector) {
        const names = new Map<string, string | null>();
        let isDelta = false;
        return wrapConnector(connector, {
          async sync(account, type) {
            isDelta = type === 'DELTA';
            await connector.sync(account, type);
          },
          async list(account, list, query) {
            const items = await connector.list(account, list, query);
            return items.map((item) => {
              if (!('rejection_reason_name' in item)) return item;
              const key = `${item.id} ${item.remote_updated_at}`;
              const name = (isDelta ? names.get(key) : undefined) ?? item.rejection_reason_name;
              names.set(key, name);
              return Object.assign({}, item, { rejection_reason_name: name });
            });
          },
        });
      },
    },
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
  const gone = new Set<unknown>([
    ...lists.flatMap(({ records }) => records.filter(isDeleted).map(({ id }) => id)),
    // Gem lists no deleted posts.
    ...missing(whole.gem.job_posts, delta.gem.job_posts),
  ]);
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

/** The ids of records that are in the one list, and not in the other. */
function missing(then: readonly { id: string }[], now: readonly { id: string }[]): string[] {
  const ids = new Set(now.map(({ id }) => id));
  return then.map(({ id }) => id).filter((id) => !ids.has(id));
}

/**
 * Names of sources and of reasons that changed. Where Gem has no list of them only applications name theirs, and these are not
 * updated by it: no delta sync can see it.
 */
function renamedUnseen(whole: State, full: State): Map<unknown, string> {
  const unlisted = (['sources', 'rejection_reasons'] as const).filter((list) => full.gem[list].length === 0);
  const names = new Map(unlisted.flatMap((list) => namesOf(list, whole)));
  return new Map(
    unlisted.flatMap((list) =>
      namesOf(list, full).flatMap(([id, name]) => {
        const then = names.get(id);
        return then !== undefined && then !== name ? [[name, then] as const] : [];
      }),
    ),
  );
}

/** The sources or reasons that applications name, with their ids. */
function namesOf(
  list: 'sources' | 'rejection_reasons',
  { gem }: State,
): (readonly [id: string, name: string])[] {
  return gem.applications.flatMap(({ source, rejection_reason: reason }) => {
    if (list === 'sources') return source ? [[source.id, source.public_name] as const] : [];
    return reason ? [[reason.id, reason.name] as const] : [];
  });
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
