import { busyAccount } from '../cases/accounts.ts';
import { itemsThere, type AnyItem } from '../support/lists.ts';
import { same } from '../support/compare.ts';
import { changesList } from '../support/mutants.ts';
import { toVerdict, type Ask, type Rule, type Verdict } from '../../harness/rule.ts';
import type { ListName } from '../../harness/lists.ts';
import type { Run } from '../../harness/run.ts';

const rule: Rule = {
  statement:
    'a list shows the same items whatever the `page_size`, each once and none forgotten, with a filter and with deleted ones as well',
  evidence: { grade: 'documented', source: 'kombo-unified-api §1.4' },
  concerns: 'syncing',
  needs: ['filters'],
  wants: 'two items of records at Gem in one list',
  cases: busyAccount,
  holds: async (run, ask) => (await Promise.all(run.last.lists.map((list) => judge(list, run, ask)))).flat(),
  mutants: [
    changesList('the first page of several', 'jobs', (items, _gem, { page_size: size }) =>
      size === undefined ? items : items.slice(0, Number(size)),
    ),
    changesList('the last of a page again on the next', 'candidates', (items, _gem, { page_size: size }) =>
      size === undefined ? items : items.concat(items.slice(Number(size) - 1, Number(size))),
    ),
    changesList(
      'filters forgotten on the next page',
      'applications',
      (items, _gem, { page_size: size, ids }) =>
        size === '1' && ids !== undefined ? items.slice(0, 1) : items,
    ),
    changesList(
      'deleted ones on the first page only',
      'interviews',
      (items, _gem, { page_size: size, include_deleted: isAsked }) =>
        size === undefined || isAsked === undefined
          ? items
          : items.filter((item, index) => index < Number(size) || item.remote_deleted_at === null),
    ),
  ],
};

export default rule;

async function judge(list: ListName, { after }: Run, ask: Ask): Promise<Verdict[]> {
  const items = itemsThere(after.gem, after.unified, list);
  const [first, second] = items;
  if (!first || !second) return [];
  const size = Math.min(250, Math.ceil(after.unified[list].length / 3));
  const two = { ids: `${first.id},${second.id}`, page_size: '1' };
  const all: readonly AnyItem[] = after.withDeleted[list];
  const half = Math.min(250, Math.ceil(all.length / 2));
  const [inPages, ofTwo, withDeleted] = await Promise.all([
    ask.list(list, { page_size: String(size) }),
    ask.list(list, two),
    ask.list(list, { include_deleted: 'true', page_size: String(half) }),
  ]);
  const known = new Set(items.map(({ id }) => id));
  const idsOf = (some: readonly { id: string }[]) =>
    some
      .map(({ id }) => id)
      .filter((id) => known.has(id))
      .toSorted();
  return [
    ...same(`the ids shown with include_deleted and page_size=${half}`, allIds(withDeleted), allIds(all)),
    ...same(`the ids shown with page_size=${size}`, idsOf(inPages), idsOf(items)),
    ...same('the ids shown of two, with page_size=1', idsOf(ofTwo), idsOf([first, second])),
  ].map((one) => toVerdict(list, one));
}

function allIds(some: readonly AnyItem[]): string[] {
  return some.map(({ id }) => id).toSorted();
}
