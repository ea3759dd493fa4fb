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
    filtering('a team that is left unnoticed', (items, moment) =>
      items.filter((item) => item.changed_at >= moment || !isLeft(item)),
    ),
    {
      name: 'the zone of the moment ignored',
      onlyShows: true,
      break: (connector) =>
        wrapConnector(connector, {
          list(account, list, { updated_after: moment, ...query }) {
            const read = moment?.replace(/[+]\d\d:\d\d$/, 'Z');
            return connector.list(account, list, {
              ...query,
              ...(read !== undefined && { updated_after: read }),
            });
          },
        }),
    },
    {
      name: 'the moment forgotten on the second page',
      onlyShows: true,
      break: (connector) =>
        wrapConnector(connector, {
          async list(account, list, query) {
            const items = await connector.list(account, list, query);
            const { updated_after: moment, page_size: size, ...rest } = query;
            if (moment === undefined || size === undefined) return items;
            const all = await connector.list(account, list, rest);
            return [
              ...new Map([...items.slice(0, Number(size)), ...all].map((item) => [item.id, item])).values(),
            ];
          },
        }),
    },
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
    ...(await judgeForms(list, { earlier: edited ?? again, after }, ask)),
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

/** The same moment in another zone finds the same, and so does a poll that is read in several pages. */
async function judgeForms(
  list: ListName,
  { earlier, after }: { earlier: State; after: State },
  ask: Ask,
): Promise<Verdict[]> {
  const moment = momentAfter(earlier);
  const known = new Set(itemsThere(after.gem, after.unified, list).map(({ id }) => id));
  if (moment === undefined || known.size === 0) return [];
  const idsOf = async (query: Record<string, string>) =>
    (await ask.list(list, query))
      .map(({ id }) => id)
      .filter((id) => known.has(id))
      .toSorted();
  const found = await idsOf({ updated_after: moment });
  const half = String(Math.min(250, Math.max(1, Math.ceil(found.length / 2))));
  const elsewhere = inZone(moment);
  const [there, paged] = await Promise.all([
    idsOf({ updated_after: elsewhere }),
    idsOf({ updated_after: moment, page_size: half }),
  ]);
  return [
    ...same(`the ids shown with updated_after=${elsewhere}, which is ${moment}`, there, found),
    ...same(`the ids shown with updated_after=${moment} and page_size=${half}`, paged, found),
  ].map((one) => toVerdict(list, one));
}

/** A moment as a clock shows it that is half a day ahead. */
function inZone(moment: string): string {
  return toInstant(Date.parse(moment) + 12 * 3_600_000).replace('Z', '+12:00');
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

/** Whether it is a job without a team. */
function isLeft(item: AnyItem): boolean {
  return 'hiring_team' in item && Array.isArray(item.hiring_team) && item.hiring_team.length === 0;
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
