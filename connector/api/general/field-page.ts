import { readCursor, writeCursor, type CursorPlace } from '../lists/cursor.ts';

/**
 * One page of a short list that is at hand as a whole. A cursor says how the last item of the page before is called, so
 * that nothing is lost when items are added in between.
 *
 * @param place which list of which integration it is
 * @param nameOf what the list is sorted by, different for each item
 * @throws UnifiedProblem when the cursor cannot be read
 */
export function pageOf<Item>(
  place: CursorPlace,
  items: readonly Item[],
  nameOf: (item: Item) => string,
  { cursor, page_size: size = 100 }: { cursor?: string; page_size?: number },
): { results: Item[]; next: string | null } {
  const after = readCursor(place, cursor);
  const rest = items
    .toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1))
    .filter((item) => after === undefined || nameOf(item) > after);
  const results = rest.slice(0, size);
  const last = results.at(-1);
  return { results, next: last && rest.length > size ? writeCursor(place, nameOf(last)) : null };
}
