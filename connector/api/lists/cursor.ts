import { createHash } from 'node:crypto';
import { invalidInput } from '../../errors.ts';

/** Which list of which integration is read page by page. */
export interface CursorPlace {
  operationId: string;
  integrationId: string;
}

/**
 * Where a page ended, for the list and the integration that it belongs to. It carries a digest of all three, which finds
 * what was cut, mixed up or made up. That is no secret: a cursor opens nothing that its caller may not read anyway.
 *
 * @param after what the rows are ordered by: a number that only grows, or a name
 */
export function writeCursor({ operationId, integrationId }: CursorPlace, after: string): string {
  const parts = JSON.stringify([operationId, integrationId, after]);
  const digest = createHash('sha256').update(parts).digest('base64url').slice(0, digestLength);
  return Buffer.from(digest + after).toString('base64url');
}

const digestLength = 16;

/**
 * Reads a cursor that an earlier page gave out.
 *
 * @param form what the list writes into its cursors
 * @returns where that page ended; undefined when there is no cursor
 * @throws UnifiedProblem when it was given out by another list, for another integration, or was made up
 */
export function readCursor(place: CursorPlace, cursor: string | undefined, form = /^/): string | undefined {
  if (cursor === undefined || cursor === '') return undefined;
  const after = Buffer.from(cursor, 'base64url').toString().slice(digestLength);
  if (form.test(after) && writeCursor(place, after) === cursor) return after;
  throw invalidInput(
    'query cursor is not one of this list and this integration; send the value of "next" from the previous page unchanged, or begin without a cursor.',
  );
}

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
  const last = rest.length > size ? results.at(-1) : undefined;
  return { results, next: last === undefined ? null : writeCursor(place, nameOf(last)) };
}
