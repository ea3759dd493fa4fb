// Connectors that read one filter of one list wrongly, made by machine: each changes what a right connector answers.
import { filterParameters, type FilterParameter } from '../../../contracts/harness/described-lists.ts';
import { listNames, type ItemOf, type ListName } from '../../../contracts/harness/lists.ts';
import type { Ask } from '../../../contracts/harness/rule.ts';
import type { MachineMutant } from './mutants.ts';

type Query = Readonly<Record<string, string>>;
type Items = readonly ItemOf[ListName][];
/** What a wrong connector answers to a query that has the filter; `right` is what a right one answers to any query. */
type Answer = (query: Query, right: (query: Query) => Promise<Items>) => Promise<Items>;

const pageMistakes: Readonly<Record<string, Answer>> = {
  'shows the first page only': async (query, right) =>
    (await right(query)).slice(0, Number(query['page_size'])),
  'shows the last of a page again': async (query, right) => {
    const [items, size] = [await right(query), Number(query['page_size'])];
    return items.length > size ? [...items, ...items.slice(size - 1, size)] : items;
  },
  'loses the first of the next page': async (query, right) => {
    const size = Number(query['page_size']);
    return (await right(query)).filter((_item, index) => index !== size);
  },
  'forgets filters': (query, right) => right({ page_size: query['page_size'] ?? '100' }),
};

const momentMistakes: Readonly<Record<string, Answer>> = {
  'is ignored': ({ updated_after: _left, ...rest }, right) => right(rest),
  'finds nothing': async () => [],
  'leaves the moment itself out': async (query, right) =>
    (await right(query)).filter(({ changed_at }) => changed_at > (query['updated_after'] ?? '')),
};

/** Mistakes with every filter of every list, and with pages. */
export const filterMutants: readonly MachineMutant[] = filterParameters
  .flatMap((parameter) =>
    Object.entries(mistakesWith(parameter)).map(([step, answer]) =>
      mutant(parameter.list, parameter.name, step, answer),
    ),
  )
  .concat(
    listNames.flatMap((list) =>
      Object.entries(pageMistakes).map(([step, answer]) => mutant(list, 'page_size', step, answer)),
    ),
    listNames.flatMap((list) =>
      Object.entries(momentMistakes).map(([step, answer]) => mutant(list, 'updated_after', step, answer)),
    ),
  );

function mistakesWith({
  name,
  isList,
  isCaseless,
  finds,
  unknown,
  valuesOf,
}: FilterParameter): Record<string, Answer> {
  const asked = (query: Query) => (query[name] ?? '').split(',');
  const withValues = (query: Query, values: readonly string[]) => ({ ...query, [name]: values.join(',') });
  const onlyThis = (query: Query) => ({ [name]: query[name] ?? '' });
  return {
    'is ignored': ({ [name]: _left, ...rest }, right) => right(rest),
    'finds nothing': async () => [],
    'finds one too few': async (query, right) => (await right(query)).slice(0, -1),
    'finds one too many': async (query, right) => {
      const found = await right(query);
      const other = (await right({})).find(({ id }) => found.every((one) => one.id !== id));
      return other ? [...found, other] : found;
    },
    'finds one twice': async (query, right) => {
      const found = await right(query);
      return [...found.slice(0, 1), ...found];
    },
    'makes others be ignored': (query, right) => right(onlyThis(query)),
    ...(isList && {
      'takes the first value only': (query: Query, right) =>
        right(withValues(query, asked(query).slice(0, 1))),
      'takes the last value only': (query: Query, right) => right(withValues(query, asked(query).slice(-1))),
    }),
    ...(isList &&
      unknown !== undefined && {
        'is emptied by an unknown value': async (query: Query, right) =>
          asked(query).includes(unknown) ? [] : right(query),
      }),
    ...(isCaseless && {
      'heeds case': async (query: Query, right) =>
        (await right(query)).filter((item) =>
          valuesOf(item).some((value) =>
            asked(query).some((one) => (finds === 'part' ? value.includes(one) : value === one)),
          ),
        ),
    }),
    ...(finds === 'part' && {
      'finds whole values only': async (query: Query, right) =>
        (await right(query)).filter((item) =>
          valuesOf(item).some((value) => value.toLowerCase() === query[name]?.toLowerCase()),
        ),
    }),
    ...(finds === 'day' && {
      'is a day late': (query: Query, right) => right(withValues(query, [shifted(query[name], 1)])),
      'is a day early': (query: Query, right) => right(withValues(query, [shifted(query[name], -1)])),
    }),
  } satisfies Record<string, Answer>;
}

function mutant(list: ListName, name: string, step: string, answer: Answer): MachineMutant {
  return {
    place: `${list}?${name}`,
    step,
    change: (run) => run,
    isJudgedBy: ({ rule }) => rule.needs.includes('filters'),
    wrap: (ask): Ask => ({
      async list(asked, query = {}) {
        if (!isList(asked, list) || query[name] === undefined) return ask.list(asked, query);
        // The answers are items of the list that was asked for.
        const right = (other: Query) => ask.list(list, { ...other }) as Promise<Items>;
        return (await answer(query, right)) as unknown as Awaited<ReturnType<typeof ask.list<typeof asked>>>;
      },
    }),
  };
}

function isList(asked: ListName, list: ListName): boolean {
  return asked === list;
}

function shifted(day: string | undefined, by: number): string {
  return new Date(Date.parse(day ?? '') + by * 86_400_000).toISOString().slice(0, 10);
}
