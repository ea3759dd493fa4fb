// What counts as a change of an item for those who ask for what has changed (kombo-unified-api §5.2).
import { isDeepStrictEqual } from 'node:util';
import { nestedPartsOf } from '../../harness/described-lists.ts';
import type { ListName } from '../../harness/lists.ts';
import type { State } from '../../harness/run.ts';
import type { AnyItem } from './lists.ts';

/** Any item, or a record inside of one. */
type Shown = Readonly<Record<string, unknown>>;

/** The nested records whose own changes count; of others only that they come and go. */
const countsInside: Readonly<Partial<Record<ListName, readonly string[]>>> = {
  jobs: ['job_postings'],
  candidates: ['applications'],
  applications: ['candidate', 'interviews'],
  interviews: ['application'],
};

/** The lists that tell of such a record what the item itself does not show. */
const listsOf: Readonly<Record<string, 'candidates' | 'applications'>> = {
  candidate: 'candidates',
  application: 'applications',
};

/**
 * What has become different of an item since an earlier state, in words: `first_name is different`. Undefined when nothing has that
 * counts. `remote_data` does not: Gem's own record has copies of others.
 */
export function changeSince(
  list: ListName,
  item: AnyItem,
  { earlier, after }: { earlier: State; after: State },
): string | undefined {
  const shown = shownOf(item);
  const old = find(earlier, list, item.id);
  if (!old) return 'nothing was shown then, and it is there';
  const own = ownDifference(list, old, shown);
  if (own !== undefined) return `${own} is different`;
  for (const name of entriesOf(list)) {
    if (!Array.isArray(old[name]) && !Array.isArray(shown[name])) continue;
    const [before, now] = [listOf(old[name]), listOf(shown[name])];
    if (!isDeepStrictEqual(idsOf(before), idsOf(now))) return `an entry of ${name} came or went`;
  }
  for (const name of countsInside[list] ?? []) {
    const [value, listed] = [shown[name], listsOf[name]];
    const pairs = listed
      ? [[find(earlier, listed, shownOf(value)['id']), find(after, listed, shownOf(value)['id'])] as const]
      : listOf(value).map((one) => [listOf(old[name]).find(({ id }) => id === one['id']), one] as const);
    for (const [before, now] of pairs) {
      const inside = before && now && ownDifference(listed, before, now);
      if (inside !== undefined) return `${name}.${inside} is different`;
    }
  }
  return undefined;
}

/** A field of the record itself that is different. */
function ownDifference(list: ListName | undefined, old: Shown, now: Shown): string | undefined {
  const nested = new Set(list ? [...nestedPartsOf(list).map(({ name }) => name), ...entriesOf(list)] : []);
  return Object.keys(now).find(
    (key) =>
      !nested.has(key) &&
      key !== 'remote_data' &&
      isOwn(list, now[key]) &&
      !isDeepStrictEqual(old[key], now[key]),
  );
}

/** An entry of a nested list holds no objects but other records. */
function isOwn(list: ListName | undefined, value: unknown): boolean {
  return list !== undefined || typeof value !== 'object' || value === null;
}

/** The parts of an item that may be lists, whose entries come and go. */
function entriesOf(list: ListName): readonly string[] {
  const parts = nestedPartsOf(list).map(({ name }) => name);
  return [...new Set([...parts, ...(countsInside[list] ?? [])])];
}

function find(state: State, list: ListName, id: unknown): Shown | undefined {
  const items: readonly AnyItem[] = state.unified[list];
  const found = items.find((one) => one.id === id);
  return found && shownOf(found);
}

function shownOf(value: unknown): Shown {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function listOf(value: unknown): Shown[] {
  return Array.isArray(value) ? value.map(shownOf) : [];
}

function idsOf(all: readonly Shown[]): unknown[] {
  return all.map(({ id }) => id).toSorted();
}
