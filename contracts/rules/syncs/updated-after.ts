import { toInstant } from '../../clock.ts';
import { listNames, type ListName } from '../../harness/lists.ts';
import { livingAccount } from '../cases/lives.ts';
import { changeSince } from '../support/changes.ts';
import { wrapConnector } from '../support/mutants.ts';
import { type Ask, type Mutant, type Rule, type Verdict, toVerdict } from '../../harness/rule.ts';
import type { Run, State } from '../../harness/run.ts';
import { itemsThere, type AnyItem } from '../support/lists.ts';
import { same } from '../support/compare.ts';

const rule: Rule = {
  statement:
    '`updated_after` leaves out no item that changed since, in itself or in what it shows, and shows none in the far future',
  evidence: {
    grade: 'documented',
    source: 'kombo-unified-api §1.5, §5.2; that the moment itself counts is assumed (§8 #17)',
  },
  concerns: 'syncing',
  needs: ['filters'],
  wants: 'an item of a record at Gem',
  cases: livingAccount,
  holds: async (run, ask) => (await Promise.all(listNames.map((list) => judge(list, run, ask)))).flat(),
  mutants: [
    filtering('the moment itself left out', (items, moment) =>
      items.filter((item) => item.changed_at !== moment),
    ),
    filtering('deletions left out', (items) =>
      items.filter(({ remote_deleted_at }) => remote_deleted_at === null),
    ),
    filtering('updated_after ignored', (_items, _moment, all) => all),
    filtering('changes of nested records left out', (items, moment) =>
      items.filter((item) => item.changed_at >= moment),
    ),
  ],
};

export default rule;

async function judge(list: ListName, run: Run, ask: Ask): Promise<Verdict[]> {
  const { states, again, last, after } = run;
  const edited = states.slice(states.indexOf(again) + 1).find(({ sync }) => sync === 'FULL');
  const polls = [...new Set([again, edited ?? again, last])].filter((state) => state !== after);
  return [
    ...(await judgeLatest(list, after, ask)),
    ...(await judgeDeleted(list, after, ask)),
    ...(await Promise.all(polls.map((earlier) => judgeSince(list, { earlier, after }, ask)))).flat(),
  ];
}

/** Who has seen the lists in one state, and asks later for what has changed since, misses nothing. */
async function judgeSince(
  list: ListName,
  { earlier, after }: { earlier: State; after: State },
  ask: Ask,
): Promise<Verdict[]> {
  const moment = momentAfter(earlier);
  if (moment === undefined) return [];
  const owed = itemsThere(after.gem, after.unified, list).flatMap((item) => {
    const change = changeSince(list, item, { earlier, after });
    return change === undefined ? [] : [{ item, change }];
  });
  const found: readonly AnyItem[] = await ask.list(list, { updated_after: moment });
  const shown = new Set(found.map(({ id }) => id));
  return owed.flatMap(({ item: { id, remote_id }, change }) =>
    same(`whether updated_after=${moment} shows it, of which ${change} since`, shown.has(id), true).map(
      (one) => toVerdict(`${list} ${remote_id}`, one),
    ),
  );
}

/** With `include_deleted`, deletions are shown as well: they are changes. */
async function judgeDeleted(list: ListName, after: State, ask: Ask): Promise<Verdict[]> {
  const items: readonly AnyItem[] = after.withDeleted[list];
  const deleted = items.filter((item) => item.remote_deleted_at !== null);
  const [moment] = deleted.map((item) => item.changed_at).toSorted();
  if (moment === undefined) return [];
  const found: readonly AnyItem[] = await ask.list(list, { updated_after: moment, include_deleted: 'true' });
  const shown = new Set(found.map(({ id }) => id));
  return deleted.flatMap(({ id, remote_id, changed_at }) =>
    same(
      `whether updated_after=${moment} and include_deleted show it, deleted, with changed_at ${changed_at}`,
      shown.has(id),
      true,
    ).map((one) => toVerdict(`${list} ${remote_id}`, one)),
  );
}

async function judgeLatest(list: ListName, after: State, ask: Ask): Promise<Verdict[]> {
  const items = itemsThere(after.gem, after.unified, list);
  const latest = items
    .map(({ changed_at }) => changed_at)
    .toSorted()
    .at(-1);
  if (latest === undefined) return [];
  const found: readonly AnyItem[] = await ask.list(list, { updated_after: latest });
  const none: readonly AnyItem[] = await ask.list(list, { updated_after: '2999-01-01T00:00:00.000Z' });
  const owed = items.filter(({ changed_at }) => changed_at === latest);
  return [
    ...owed.flatMap(({ id, remote_id }) =>
      same(
        `whether updated_after=${latest}, its changed_at, shows it`,
        found.some((item) => item.id === id),
        true,
      ).map((one) => toVerdict(`${list} ${remote_id}`, one)),
    ),
    ...same('items with updated_after=2999-01-01', none.length, 0).map((one) => toVerdict(list, one)),
  ];
}

/** A moment after all changes that a state shows, and before all later ones, by the connector's own clock. */
function momentAfter({ withDeleted }: State): string | undefined {
  const moments = listNames
    .flatMap((name): readonly AnyItem[] => withDeleted[name])
    .map(({ changed_at }) => changed_at);
  const latest = moments.toSorted().at(-1);
  // Where a connector counts in whole seconds, what comes next may have the same.
  if (latest === undefined || moments.every((moment) => /[.]0+Z$/.test(moment))) return latest;
  return toInstant(Date.parse(latest) + 1);
}

/** A connector that reads `updated_after` wrongly. */
function filtering(
  name: string,
  change: (items: readonly AnyItem[], moment: string, all: readonly AnyItem[]) => readonly AnyItem[],
): Mutant {
  return {
    name,
    onlyShows: true,
    break: (connector) =>
      wrapConnector(connector, {
        async list(account, list, query) {
          const items = await connector.list(account, list, query);
          const moment = query['updated_after'];
          if (moment === undefined) return items;
          const all = await connector.list(account, list, {});
          // `change` only leaves items out or adds items of the same list.
          return change(items, moment, all) as typeof items;
        },
      }),
  };
}
