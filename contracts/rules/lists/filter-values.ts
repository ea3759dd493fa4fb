import { busyAccount } from '../cases/accounts.ts';
import { filterParameters, isFound, type FilterParameter } from '../../harness/described-lists.ts';
import type { ItemOf, ListName } from '../../harness/lists.ts';
import { itemsThere } from '../support/lists.ts';
import { same } from '../support/compare.ts';
import { changesList, wrapConnector } from '../support/mutants.ts';
import { toVerdict, type Ask, type Rule, type Verdict } from '../../harness/rule.ts';
import type { Run } from '../../harness/run.ts';

const rule: Rule = {
  statement:
    'every filter finds each of several values, in any case of letters where the description says so, and nothing by an unknown one',
  evidence: {
    grade: 'documented',
    source:
      'kombo-unified-api §1.5, §2.2 to §2.6; that unknown ids are passed over and `name_contains` heeds no case is assumed',
  },
  concerns: 'syncing',
  needs: ['filters'],
  wants: 'items of records at Gem with values to filter by',
  cases: busyAccount,
  holds: async (run, ask) =>
    (await Promise.all(filterParameters.map((parameter) => judge(parameter, run, ask)))).flat(),
  mutants: [
    changesList('an e-mail filter that heeds case', 'candidates', (items, _gem, { email }) =>
      email === undefined || email !== email.toUpperCase()
        ? items
        : items.filter((item) => item.email_addresses?.some((one) => one.email_address === email)),
    ),
    {
      name: 'a filter forgotten on the second page',
      onlyShows: true,
      break: (connector) =>
        wrapConnector(connector, {
          async list(account, list, query) {
            const items = await connector.list(account, list, query);
            if (!('statuses' in query && 'page_size' in query)) return items;
            const all = await connector.list(account, list, {});
            return [...new Map([...items, ...all].map((item) => [item.id, item])).values()];
          },
        }),
    },
    changesList('the first of several jobs', 'applications', (items, _gem, { job_ids: jobs = '' }) =>
      jobs.includes(',') ? items.filter(({ job_id: job }) => jobs.startsWith(String(job))) : items,
    ),
    changesList('nothing found beside an unknown code', 'jobs', (items, _gem, { job_codes: codes = '' }) =>
      codes.includes('no-such-code') ? [] : items,
    ),
  ],
};

export default rule;

async function judge(parameter: FilterParameter, { after }: Run, ask: Ask): Promise<Verdict[]> {
  const { list, name, unknown, finds, valuesOf } = parameter;
  const there = new Set<unknown>(itemsThere(after.gem, after.unified, list));
  const items = [...new Set<ItemOf[ListName]>(after.unified[list])].filter((item) => there.has(item));
  const asked = valuesToAsk(parameter, items);
  if (asked.length === 0) return [];
  const expected = items.filter((item) => isFound(item, parameter, asked));
  // One of those found is left out, and some that are not found are in, so that either filter alone shows others.
  const [, ...others] = expected;
  const some = [...others.slice(0, 1), ...items.filter((item) => !expected.includes(item)).slice(0, 2)];
  const narrowing = name === 'ids' ? 'remote_ids' : 'ids';
  const ids = some.map(({ id, remote_id: remoteId }) => (narrowing === 'ids' ? id : remoteId)).join(',');
  const half = String(Math.min(250, Math.max(1, Math.ceil(expected.length / 2))));
  const nobody = finds === 'day' ? dayAfter(items.flatMap(valuesOf)) : unknown;
  const [found, none, narrowed] = await Promise.all([
    // In two pages: the second has to be filtered as well.
    ask.list(list, { [name]: asked.join(','), page_size: half }),
    nobody === undefined ? [] : ask.list(list, { [name]: nobody }),
    ids === '' ? [] : ask.list(list, { [name]: asked.join(','), [narrowing]: ids }),
  ]);
  const known = new Set(items.map(({ id }) => id));
  const idsOf = (some: readonly { id: string }[]) =>
    some
      .map(({ id }) => id)
      .filter((id) => known.has(id))
      .toSorted();
  const what = `the ids shown with ${name}=${asked.join(',')}`;
  return [
    ...same(what, idsOf(found), idsOf(expected)),
    ...(nobody === undefined ? [] : same(`the ids shown with ${name}=${nobody}`, idsOf(none), [])),
    ...(ids === ''
      ? []
      : same(`${what} and ${narrowing}=${ids}`, idsOf(narrowed), idsOf(others.slice(0, 1)))),
  ].map((one) => toVerdict(list, one));
}

/** Two values of items, the first in another case where that is the same, and one that nobody has; a single one if the filter takes no more. */
function valuesToAsk(parameter: FilterParameter, items: readonly ItemOf[ListName][]): string[] {
  const { isList, isCaseless, finds, unknown, valuesOf } = parameter;
  // A comma would split the value, a blank one is no filter, and letters beyond ASCII have no single other case.
  const values = [...new Set(items.flatMap(valuesOf))].filter(
    (value) => /^[!-~][ -~]*$/.test(value) && !/,|\s$/.test(value),
  );
  const first = values.find((value) => /[a-z]/.test(value)) ?? values[0];
  if (first === undefined) return [];
  if (finds === 'day')
    return [values.toSorted()[Math.floor(values.length / 2)]?.slice(0, 10) ?? first.slice(0, 10)];
  const part = finds === 'part' ? first.slice(0, 5).trim() : first;
  const changed = isCaseless ? part.toUpperCase() : part;
  if (!isList) return [changed];
  const second = values.findLast((value) => value !== first);
  return [changed, unknown, second].filter((one) => one !== undefined);
}

/** The day after the latest of some moments. */
function dayAfter(moments: readonly string[]): string {
  const latest = Math.max(...moments.map((moment) => Date.parse(moment)));
  return new Date(latest + 86_400_000).toISOString().slice(0, 10);
}
