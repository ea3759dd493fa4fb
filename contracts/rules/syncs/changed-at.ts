import { isDeepStrictEqual } from 'node:util';
import { livingAccount } from '../cases/lives.ts';
import { type State, throughout } from '../../harness/run.ts';
import { eachList, isSameRecord, isThere, type AnyItem } from '../support/lists.ts';
import { wrapConnector } from '../support/mutants.ts';
import { type Mutant, type Rule, type Verdict, right } from '../../harness/rule.ts';

const rule: Rule = {
  statement:
    "an item's `changed_at` moves when its own properties change, and stays when a sync finds nothing new",
  evidence: { grade: 'documented', source: 'kombo-unified-api §5.1; that a deletion moves it is assumed' },
  concerns: 'syncing',
  needs: ['changed_at'],
  about: ['*.changed_at'],
  wants: 'an item that is listed before and after a sync',
  cases: livingAccount,
  holds: ({ states }) => throughout(states, (state, before) => (before ? compare(before, state) : [])),
  mutants: [
    showsChangedAt('touches everything', (item, syncs) => later(item.changed_at, syncs)),
    showsChangedAt('never touches', (_item, _syncs, firstSeen) => firstSeen),
  ],
};

export default rule;

function compare(before: State, after: State): Verdict[] {
  const earlier = eachList(before, before.withDeleted);
  return eachList(after, after.withDeleted).flatMap(({ list, records, items }) => {
    const then = earlier.find((one) => one.list === list);
    const known = new Map(then?.items.map((item) => [item.id, item] as const));
    return items.flatMap((item): Verdict[] => {
      const old = known.get(item.id);
      if (!old || old === item) return [];
      // That it goes or comes back counts as a change; what else becomes of a deleted one is not told.
      const isSwitched = (old.remote_deleted_at === null) !== (item.remote_deleted_at === null);
      if (!isSwitched && !isThere(records, item.remote_id)) return [];
      const about = `${list} ${item.remote_id}`;
      const isChanged = !isDeepStrictEqual(ownOf(old), ownOf(item));
      const isMoved = old.changed_at !== item.changed_at;
      if (isMoved && !isDeepStrictEqual(partsOf(old), partsOf(item))) return [];
      // What no list shows, such as the place of a stage in its job, is a property of its own as well.
      if (isMoved && !isChanged && !isSameRecord(then?.records ?? [], records, item.remote_id)) return [];
      if (isMoved === isChanged) return [right];
      const expected = isChanged ? `later than ${old.changed_at}` : old.changed_at;
      return [{ about, what: 'changed_at', expected, got: item.changed_at }];
    });
  });
}

/** An item without the lists and objects of other records, which change by themselves. */
function ownOf(item: AnyItem): object {
  return Object.fromEntries(
    Object.entries(item).filter(([key, value]) => key !== 'changed_at' && !isPart(value)),
  );
}

function partsOf(item: AnyItem): object {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => isPart(value)));
}

function isPart(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function later(instant: string, seconds: number): string {
  return new Date(Date.parse(instant) + seconds * 1000).toISOString();
}

/** A connector that shows another `changed_at`: it depends on the number of syncs and on the value that came first. */
function showsChangedAt(
  name: string,
  change: (item: AnyItem, syncs: number, firstSeen: string) => string,
): Mutant {
  return {
    name,
    onlyShows: true,
    break: (connector) => {
      let syncs = 0;
      const seen = new Map<string, string>();
      return wrapConnector(connector, {
        async sync(account, type) {
          syncs += 1;
          await connector.sync(account, type);
        },
        async list(account, list, query) {
          const { updated_after: moment = '', ...rest } = query;
          const items = await connector.list(account, list, rest);
          const shown = items.map((item) => {
            const firstSeen = seen.get(item.id) ?? item.changed_at;
            seen.set(item.id, firstSeen);
            return Object.assign(structuredClone(item), { changed_at: change(item, syncs, firstSeen) });
          });
          return shown.filter((item) => item.changed_at >= moment);
        },
      });
    },
  };
}
