import { invalidInput } from '../../errors.ts';

/**
 * One page of a short list that is at hand as a whole. A cursor says how the last item of the page before is called, so
 * that nothing is lost when items are added in between.
 *
 * @param nameOf what the list is sorted by, different for each item
 * @throws UnifiedProblem when the cursor cannot be read
 */
export function pageOf<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  { cursor, page_size: size = 100 }: { cursor?: string; page_size?: number },
): { results: Item[]; next: string | null } {
  const after = cursor ? readCursor(cursor) : undefined;
  const rest = items
    .toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1))
    .filter((item) => after === undefined || nameOf(item) > after);
  const results = rest.slice(0, size);
  const last = results.at(-1);
  return { results, next: last && rest.length > size ? writeCursor(nameOf(last)) : null };
}

function writeCursor(after: string): string {
  return Buffer.from(JSON.stringify({ after })).toString('base64url');
}

function readCursor(cursor: string): string {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (typeof read === 'object' && read !== null && 'after' in read && typeof read.after === 'string') {
      return read.after;
    }
  } catch {
    // Not JSON: refused below, like JSON of another shape.
  }
  throw invalidInput(
    'query cursor cannot be read; send the value of "next" from the previous page unchanged.',
  );
}
