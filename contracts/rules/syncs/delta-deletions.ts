import { livingAccount } from '../cases/lives.ts';
import { gemLists, listNames, unifiedLists, type ListName } from '../../harness/lists.ts';
import { throughout, type State } from '../../harness/run.ts';
import { eachList, isDeleted, type AnyItem } from '../support/lists.ts';
import { wrapConnector } from '../support/mutants.ts';
import { toVerdict, type Mutant, type Rule, type Verdict } from '../../harness/rule.ts';
import { same } from '../support/compare.ts';

const rule: Rule = {
  statement: 'a delta sync takes away what Gem shows as deleted since the last sync',
  evidence: {
    grade: 'assumed',
    source: 'kombo-unified-api §5.3, §4.5: Gem says what is deleted among what changed; gem-ats-api §2.2',
  },
  concerns: 'syncing',
  needs: ['deletions in delta syncs'],
  wants: 'a record that is listed, and deleted at Gem before a delta sync',
  cases: livingAccount,
  holds: ({ states }) =>
    throughout(states, (state, before) => {
      const full = states.slice(states.indexOf(state)).find(({ sync }) => sync === 'FULL');
      return state.sync === 'DELTA' && before && full ? judge(before, state, full) : [];
    }),
  mutants: [
    forgetsDeletions('deletions only in full syncs', listNames),
    forgetsDeletions('candidates asked for without include_deleted', ['candidates']),
  ],
};

export default rule;

/** Looks whether what Gem has as deleted is shown no more. What a full sync shows still is left to another rule. */
function judge(before: State, delta: State, full: State): Verdict[] {
  const [earlier, afterwards] = [eachList(before), eachList(full)];
  return eachList(delta)
    .filter(({ list }) => gemLists[unifiedLists[list].records].showsDeleted)
    .flatMap(({ list, records, items }) => {
      const kept = idsOf(afterwards.find((one) => one.list === list)?.items);
      const known = idsOf(earlier.find((one) => one.list === list)?.items);
      const shown = idsOf(items);
      return records
        .filter((record) => isDeleted(record) && known.has(record.id) && !kept.has(record.id))
        .flatMap(({ id }) =>
          same('whether it is shown', shown.has(id), false).map((one) => toVerdict(`${list} ${id}`, one)),
        );
    });
}

function idsOf(items: readonly AnyItem[] = []): Set<string | null> {
  return new Set(items.map(({ remote_id }) => remote_id));
}

/** A connector that hides nothing after a delta sync that it showed before it. */
function forgetsDeletions(name: string, lists: readonly ListName[]): Mutant {
  return {
    name,
    onlyShows: true,
    break: (connector) => {
      let isDelta = false;
      const shown = new Map<string, unknown>();
      return wrapConnector(connector, {
        async sync(account, type) {
          isDelta = type === 'DELTA';
          await connector.sync(account, type);
        },
        async list(account, list, query) {
          const items = await connector.list(account, list, query);
          if (!lists.includes(list) || Object.keys(query).length > 0) return items;
          const now = new Set(items.map(({ id }) => id));
          const kept = isDelta ? [...shown].filter(([key]) => !now.has(key.slice(list.length + 1))) : [];
          for (const [key] of shown) if (key.startsWith(`${list} `) && !isDelta) shown.delete(key);
          for (const item of items) shown.set(`${list} ${item.id}`, item);
          // The items under this list's name are of its type.
          return [
            ...items,
            ...kept.filter(([key]) => key.startsWith(`${list} `)).map(([, item]) => item),
          ] as typeof items;
        },
      });
    },
  };
}
