import { busyAccount } from '../cases/accounts.ts';
import { filterParameters, isFound, type FilterParameter } from '../../harness/described-lists.ts';
import type { ItemOf, ListName } from '../../harness/lists.ts';
import { itemsThere } from '../support/lists.ts';
import { same } from '../support/compare.ts';
import { changesList, wrapConnector } from '../support/mutants.ts';
import { toVerdict, type Ask, type Mutant, type Rule, type Verdict } from '../../harness/rule.ts';
import type { Run, State } from '../../harness/run.ts';

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
    asksFor('the beginning of a name is enough', 'candidates', (items, { last_name: asked }) =>
      asked === undefined ? undefined : items.filter(({ last_name: name }) => name?.startsWith(asked)),
    ),
    asksFor('the first word of a name alone', 'candidates', (items, { first_name: asked }) =>
      asked?.includes(' ')
        ? items.filter(({ first_name: name }) => name?.toLowerCase() === asked.split(' ')[0]?.toLowerCase())
        : undefined,
    ),
    asksFor('the beginning of a job name alone', 'jobs', (items, { name_contains: asked }) =>
      asked === undefined
        ? undefined
        : items.filter(({ name }) => name?.toLowerCase().startsWith(asked.toLowerCase())),
    ),
    asksFor('signs for any letters', 'jobs', (items, { name_contains: asked = '' }) => {
      const pattern = new RegExp(
        asked
          .replaceAll(/[^\w%]/g, String.raw`\$&`)
          .replaceAll('%', '.*')
          .replaceAll('_', '.'),
        'i',
      );
      return /[%_]/.test(asked) ? items.filter(({ name }) => pattern.test(name ?? '')) : undefined;
    }),
    asksFor('the time of a day counted', 'jobs', (items, { remote_created_after: asked = '' }) =>
      asked.includes('T') ? items.filter(({ remote_created_at: made }) => (made ?? '') >= asked) : undefined,
    ),
    changesList('nothing found beside an unknown code', 'jobs', (items, _gem, { job_codes: codes = '' }) =>
      codes.includes('no-such-code') ? [] : items,
    ),
  ],
};

export default rule;

/**
 * A connector that filters a list wrongly.
 *
 * @param find finds items among all; undefined where it asks the right connector
 */
function asksFor<Name extends ListName>(
  name: string,
  of: Name,
  find: (all: readonly ItemOf[Name][], query: Readonly<Record<string, string>>) => unknown[] | undefined,
): Mutant {
  return {
    name,
    onlyShows: true,
    break: (connector) =>
      wrapConnector(connector, {
        async list(account, list, query) {
          const items = await connector.list(account, list, query);
          if (String(list) !== of) return items;
          const found = find(await connector.list(account, of, {}), query);
          // They are of the same list.
          return (found as typeof items | undefined) ?? items;
        },
      }),
  };
}

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
  const questions = [
    // In two pages: the second has to be filtered as well.
    { query: { [name]: asked.join(','), page_size: half }, expected, told: `${name}=${asked.join(',')}` },
    ...(nobody === undefined ? [] : [{ query: { [name]: nobody }, expected: [], told: `${name}=${nobody}` }]),
    ...(ids === ''
      ? []
      : [
          {
            query: { [name]: asked.join(','), [narrowing]: ids },
            expected: others.slice(0, 1),
            told: `${name}=${asked.join(',')} and ${narrowing}=${ids}`,
          },
        ]),
    ...[...doubtfulValues(parameter, items), ...(name === 'job_ids' ? leftJobs(after) : [])].map((value) => ({
      query: { [name]: value },
      expected: items.filter((item) => isFound(item, parameter, [value])),
      told: `${name}=${value}`,
    })),
  ];
  const known = new Set(items.map(({ id }) => id));
  const idsOf = (some: readonly { id: string }[]) =>
    some
      .map(({ id }) => id)
      .filter((id) => known.has(id))
      .toSorted();
  const verdicts = await Promise.all(
    questions.map(async ({ query, expected: owed, told }) =>
      same(`the ids shown with ${told}`, idsOf(await ask.list(list, query)), idsOf(owed)),
    ),
  );
  return verdicts.flat().map((one) => toVerdict(list, one));
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
  const part = finds === 'part' ? partOf(first) : first;
  const changed = isCaseless ? part.toUpperCase() : part;
  if (!isList) return [changed];
  const second = values.findLast((value) => value !== first);
  return [changed, unknown, second].filter((one) => one !== undefined);
}

/**
 * What is easily taken for something else: the beginning of a value, which is another value; a value of several words, or beyond
 * ASCII; signs that databases take for any letters; and a day with a time, which does not count.
 */
function doubtfulValues(parameter: FilterParameter, items: readonly ItemOf[ListName][]): string[] {
  const { list, isCaseless, finds, unknown, valuesOf } = parameter;
  const values = [...new Set(items.flatMap(valuesOf))].filter((value) => !/[,\p{C}]|^\s|\s$|^$/u.test(value));
  if (finds === 'day') {
    const latest = values.toSorted().at(-1);
    return latest === undefined ? [] : [`${latest.slice(0, 10)}T23:59:59Z`];
  }
  // Ids are no words, and of others the description names all.
  if (!isCaseless || unknown === undefined) return [];
  const long = values.find((value) => /^[ -~]{4,}$/.test(value));
  if (finds === 'part') return long === undefined ? [] : ['%', '_'].map((sign) => hide(partOf(long), sign));
  // Letters may be alike in one alphabet of cases and not in another.
  const beyond = values.find(
    (value) => /[^ -~]/.test(value) && values.filter((other) => plain(other) === plain(value)).length === 1,
  );
  const words = list === 'candidates' ? values.find((value) => /^[!-~]+ [!-~]+$/.test(value)) : undefined;
  return [long?.slice(0, -1).trimEnd(), beyond, words].filter((one) => one !== undefined);
}

/** The job of an application that was deleted: whoever has it no more is not found by it. */
function leftJobs({ withDeleted: { applications } }: State): string[] {
  const left = applications.find(
    ({ job_id: job, remote_deleted_at }) => job !== null && remote_deleted_at !== null,
  );
  return left?.job_id ? [left.job_id] : [];
}

/** A part from the middle: some find the beginning alone. */
function partOf(text: string): string {
  return text.slice(1, 6).trim() || text.trim();
}

function hide(text: string, sign: string): string {
  return text.slice(0, 1) + sign + text.slice(2);
}

/** A text without its case, in whatever way. */
function plain(text: string): string {
  return text.normalize('NFKD').toUpperCase().toLowerCase();
}

/** The day after the latest of some moments. */
function dayAfter(moments: readonly string[]): string {
  const latest = Math.max(...moments.map((moment) => Date.parse(moment)));
  return new Date(latest + 86_400_000).toISOString().slice(0, 10);
}
