import { listNames, unifiedLists, type ListName } from '../../harness/lists.ts';
import type { State } from '../../harness/run.ts';
import { busyAccount } from '../cases/accounts.ts';
import { changesList, wrapConnector } from '../support/mutants.ts';
import { type Ask, type Rule, type Verdict, right } from '../../harness/rule.ts';
import { isThere, itemsThere, type AnyItem, type AnyRecord } from '../support/lists.ts';

const rule: Rule = {
  statement:
    '`ids` and `remote_ids` show the items that they name, and no others; unknown ones are passed over',
  evidence: {
    grade: 'documented',
    source: 'kombo-unified-api §1.5; that unknown ids are passed over is assumed (§8 #16)',
  },
  concerns: 'syncing',
  needs: ['filters'],
  wants: 'two items of records at Gem in one list',
  cases: busyAccount,
  holds: async ({ after }, ask) =>
    (
      await Promise.all(
        listNames.map((list) =>
          judge(
            list,
            { there: itemsThere(after.gem, after.unified, list), deleted: deletedOf(after, list) },
            ask,
          ),
        ),
      )
    ).flat(),
  mutants: [
    {
      name: 'ids ignored',
      onlyShows: true,
      break: (connector) =>
        wrapConnector(connector, {
          list: async (account, list, { ids, ...query }) =>
            ids === undefined ? connector.list(account, list, query) : connector.list(account, list, {}),
        }),
    },
    {
      name: 'deleted ones shown to whoever names them',
      onlyShows: true,
      break: (connector) =>
        wrapConnector(connector, {
          list: (account, list, query) =>
            connector.list(account, list, { ...query, ...('ids' in query && { include_deleted: 'true' }) }),
        }),
    },
    changesList('only the first of remote_ids', 'jobs', (items, _gem, query) =>
      query['remote_ids'] === undefined ? items : items.slice(0, 1),
    ),
  ],
};

export default rule;

/** An item that was deleted: it is shown only with `include_deleted`, whoever names it. */
function deletedOf({ gem, withDeleted }: State, list: ListName): AnyItem | undefined {
  const items: readonly AnyItem[] = withDeleted[list];
  const records: readonly AnyRecord[] = gem[unifiedLists[list].records];
  return items.find((item) => item.remote_deleted_at !== null && !isThere(records, item.remote_id));
}

async function judge(
  list: ListName,
  { there: [first, second], deleted }: { there: readonly AnyItem[]; deleted: AnyItem | undefined },
  ask: Ask,
): Promise<Verdict[]> {
  if (!first || !second || first.remote_id === null || second.remote_id === null) return [];
  const asked = [
    { query: { ids: `${first.id},${second.id}` }, expected: [first.id, second.id] },
    { query: { remote_ids: `${first.remote_id},${second.remote_id}` }, expected: [first.id, second.id] },
    { query: { remote_ids: 'nobody-has-this-id' }, expected: [] },
    ...(deleted ? [{ query: { ids: deleted.id }, expected: [] }] : []),
  ];
  const answers = await Promise.all(asked.map(({ query }) => ask.list(list, query)));
  return asked.flatMap(({ query, expected }, index): Verdict[] => {
    const got = (answers[index] ?? []).map(({ id }) => id).toSorted();
    if (JSON.stringify(got) === JSON.stringify(expected.toSorted())) return [right];
    return [{ about: list, what: `the ids shown with ${JSON.stringify(query)}`, expected, got }];
  });
}
