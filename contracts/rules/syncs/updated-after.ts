import { listNames } from '../../harness/lists.ts';
import { changedAccount } from '../cases/accounts.ts';
import { wrapConnector } from '../support/mutants.ts';
import type { Ask, Contradiction, Mutant, Rule } from '../../harness/rule.ts';
import type { Run } from '../../harness/run.ts';
import { itemsThere, type AnyItem } from '../support/lists.ts';

const rule: Rule = {
  statement:
    '`updated_after` leaves out no item that changed at that moment or later, and shows none in the far future',
  evidence: {
    grade: 'documented',
    source: 'kombo-unified-api §1.5, §5.2; that the moment itself counts is assumed (§8 #17)',
  },
  concerns: 'syncing',
  needs: ['filters'],
  cases: changedAccount,
  holds: async (run, ask) => (await Promise.all(listNames.map((list) => judge(list, run, ask)))).flat(),
  mutants: [
    filtering('the moment itself left out', (items, moment) =>
      items.filter((item) => item.changed_at !== moment),
    ),
    filtering('updated_after ignored', (_items, _moment, all) => all),
  ],
};

export default rule;

async function judge(list: (typeof listNames)[number], { after }: Run, ask: Ask): Promise<Contradiction[]> {
  const items = itemsThere(after.gem, after.unified, list);
  const latest = items
    .map(({ changed_at }) => changed_at)
    .toSorted()
    .at(-1);
  if (latest === undefined) return [];
  const found: readonly AnyItem[] = await ask.list(list, { updated_after: latest });
  const none: readonly AnyItem[] = await ask.list(list, { updated_after: '2999-01-01T00:00:00.000Z' });
  const missing = items.filter(
    ({ id, changed_at }) => changed_at === latest && !found.some((item) => item.id === id),
  );
  return [
    ...missing.map(({ remote_id: id }) => ({
      about: `${list} ${id}`,
      what: `whether updated_after=${latest}, its changed_at, shows it`,
      expected: true,
      got: false,
    })),
    ...(none.length === 0
      ? []
      : [{ about: list, what: 'items with updated_after=2999-01-01', expected: 0, got: none.length }]),
  ];
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
