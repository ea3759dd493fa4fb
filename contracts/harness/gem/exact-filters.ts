import type { List, Row } from './lists.ts';
import type { Notes } from './outcome.ts';

/**
 * Notes whether a filter shows exactly the records that have a value, by a value that a record of the list has.
 *
 * @param of the values of a record, any of which is found
 */
export async function expectExact(
  { expect }: Notes,
  { operation, rows, read, size, placeOf }: List,
  parameter: string,
  of: (row: Row) => readonly unknown[],
): Promise<void> {
  const value = rarest(rows, of);
  if (value === undefined) return;
  const place = placeOf(parameter);
  const found = await read({ [parameter]: value, [size.name]: size.most });
  const others = found.filter((row) => !of(row).includes(value));
  expect(operation.id, `other records with ${parameter}`, 0, others.length, place);
  const wanted = rows.filter((row) => of(row).includes(value));
  const missing = wanted.filter(({ id }) => !found.some((row) => row['id'] === id));
  if (found.length < size.most)
    expect(operation.id, `missing records with ${parameter}`, 0, missing.length, place);
}

/** The value that the fewest records have: it tells a filter that works from one that is ignored. */
function rarest(rows: readonly Row[], of: (row: Row) => readonly unknown[]): string | boolean | undefined {
  const counts = new Map<string | boolean, number>();
  for (const value of rows.flatMap((row) => of(row))) {
    if ((typeof value === 'string' && value !== '') || typeof value === 'boolean') {
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  return [...counts].toSorted(([, one], [, other]) => one - other)[0]?.[0];
}
