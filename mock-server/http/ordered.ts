import type { BaseRecord } from '../../seeds/index.ts';
import type { Collection, Selected, Selection } from '../store/collection.ts';

/** Which record of a listing comes first, by creation. */
export type Order = 'oldest_first' | 'newest_first';

/** A part of a listing in either order. Collections know only the usual one, so the other is read from its end. */
export function selectOrdered<Row extends BaseRecord>(
  collection: Collection<Row>,
  wanted: Selection<Row>,
  order: Order,
): Selected<Row> {
  if (order === 'oldest_first') return collection.select(wanted);
  const { total } = collection.select({ ...wanted, first: 0, count: 0 });
  const end = Math.max(0, total - wanted.first);
  const first = Math.max(0, end - wanted.count);
  const { entries } = collection.select({ ...wanted, first, count: end - first });
  return { total, entries: entries.toReversed() };
}
