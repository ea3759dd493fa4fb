import { changedAccount } from '../cases/accounts.ts';
import type { ItemOf, ListName } from '../../harness/lists.ts';
import { itemsThere } from '../support/lists.ts';
import { changesList } from '../support/mutants.ts';
import { type Ask, type Rule, type Verdict, right } from '../../harness/rule.ts';
import type { State } from '../../harness/run.ts';

const rule: Rule = {
  statement: 'a list with a filter shows just those of its items that the filter names',
  evidence: { grade: 'documented', source: 'kombo-unified-api §2.2 to §2.6' },
  concerns: 'syncing',
  needs: ['filters'],
  wants: 'items of records at Gem, with values to filter by',
  cases: changedAccount,
  holds: async ({ after }, ask) => (await Promise.all(checks.map((check) => check(after, ask)))).flat(),
  mutants: [
    changesList('hired ones among the pending', 'applications', (items, _gem, { outcomes }) =>
      outcomes === undefined ? items : items.slice(1),
    ),
    changesList('job_ids ignored', 'interviews', (items, _gem, { job_ids: jobs }) =>
      jobs === undefined ? items : items.slice(0, -1),
    ),
  ],
};

export default rule;

type Check = (after: State, ask: Ask) => Promise<Verdict[]>;

const checks: readonly Check[] = [
  filter('jobs', 'statuses', ({ status }) => status ?? null),
  filter('jobs', 'job_codes', ({ job_code: code }) => code),
  filter(
    'candidates',
    'email',
    ({ email_addresses: addresses }) => addresses?.[0]?.email_address ?? null,
    (item, value) =>
      (item.email_addresses ?? []).some(
        ({ email_address: address }) => address?.toLowerCase() === value.toLowerCase(),
      ),
  ),
  filter(
    'candidates',
    'last_name',
    ({ last_name: last }) => last,
    (item, value) => item.last_name?.toLowerCase() === value.toLowerCase(),
  ),
  filter('applications', 'outcomes', ({ outcome }) => outcome),
  filter('applications', 'job_ids', ({ job_id: job }) => job),
  filter('applications', 'current_stage_ids', ({ current_stage_id: stage }) => stage),
  filter('interviews', 'job_ids', ({ application }) => application?.job?.id ?? null),
  filter(
    'users',
    'emails',
    ({ email }) => email ?? null,
    (item, value) => item.email?.toLowerCase() === value.toLowerCase(),
  ),
];

/**
 * Filters by the value of the first item, and compares the result with the whole list.
 *
 * @param valueOf the value by which an item is found; null when it has none
 */
function filter<Name extends ListName>(
  list: Name,
  name: string,
  valueOf: (item: ItemOf[Name]) => string | null,
  suits: (item: ItemOf[Name], value: string) => boolean = (item, value) => valueOf(item) === value,
): Check {
  return async ({ gem, unified }, ask) => {
    const there = new Set(itemsThere(gem, unified, list));
    // Each item counts once.
    const items = [...new Set<ItemOf[Name]>(unified[list])].filter((item) => there.has(item));
    // A comma would split the value, and a blank value is no filter.
    const value = items.map(valueOf).find((one) => one !== null && one.trim() !== '' && !one.includes(','));
    if (value === undefined || value === null) return [];
    // Other rules check items that are missing in the whole list.
    const whole = new Set(items.map(({ id }) => id));
    const got = (await ask.list(list, { [name]: value }))
      .map(({ id }) => id)
      .filter((id) => whole.has(id))
      .toSorted();
    const expected = items
      .filter((item) => suits(item, value))
      .map(({ id }) => id)
      .toSorted();
    if (JSON.stringify(got) === JSON.stringify(expected)) return [right];
    return [{ about: list, what: `the ids shown with ${name}=${value}`, expected, got }];
  };
}
