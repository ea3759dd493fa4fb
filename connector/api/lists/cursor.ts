import { invalidInput } from '../../errors.ts';

/** Where a page ended: the number of its last row. Numbers only grow, so a page never shifts under a reader. */
export function writeCursor(after: string): string {
  return Buffer.from(JSON.stringify({ after: Number(after) })).toString('base64url');
}

/**
 * Reads a cursor that an earlier page gave out.
 *
 * @returns the number of the last row that was read; 0 when there is no cursor
 * @throws UnifiedProblem when the text was not made by `writeCursor`
 */
export function readCursor(cursor: string | undefined): number {
  if (cursor === undefined || cursor === '') return 0;
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (typeof read === 'object' && read !== null && 'after' in read && isNumber(read.after))
      return read.after;
  } catch {
    // Not JSON: refused below, like JSON of another shape.
  }
  throw invalidInput(
    'query cursor cannot be read; send the value of "next" from the previous page unchanged.',
  );
}

function isNumber(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
