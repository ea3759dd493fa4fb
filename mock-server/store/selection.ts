import type { BaseRecord } from '../../seeds/index.ts';
import type { SortedIndex, Span, Stretch } from './sorted-index.ts';

/** What a record has to meet to be listed. */
export interface Condition<Row> {
  passes: (record: Row) => boolean;
  /** Where exactly the records that pass are: in a part of an index or by ids. */
  found?: { readonly index: string; readonly span: Span } | { readonly ids: ReadonlySet<string> };
}

/** From where, and how, a listing is best read. */
export interface ReadPlan<Row> {
  stretch: Stretch;
  /** Whether the stretch is in the order of a listing. */
  isInOrder: boolean;
  /** Whether all of the stretch is of the kind that is wanted: living, unless deleted ones are wanted too. */
  isOfKind: boolean;
  /** What the records of the stretch still have to meet, besides being living ones where those are wanted. */
  remaining: readonly Condition<Row>[];
}

/** What is known of the collection that is listed. */
export interface Listed {
  includeDeleted: boolean;
  /** Where the record with an id is. */
  positionOf: (id: string) => number | undefined;
}

/**
 * Chooses the index that leaves the fewest records to look at. One condition on an index leaves none: then the
 * listing is the stretch itself, and its length is known without reading it.
 */
export function planRead<Row extends BaseRecord>(
  indexes: ReadonlyMap<string, SortedIndex<Row>>,
  conditions: readonly Condition<Row>[],
  listed: Listed,
): ReadPlan<Row> {
  let best: (ReadPlan<Row> & { cost: number }) | undefined;
  for (const condition of [everything, ...conditions]) {
    const way = wayTo(indexes, condition.found, listed);
    if (!way) continue;
    const remaining = conditions.filter((other) => other !== condition);
    const cost = way.stretch.length * costOfOne(way.isInOrder, remaining.length);
    if (best && best.cost <= cost) continue;
    best = { ...way, remaining, cost };
  }
  if (!best) throw new Error(`a collection has an index ${order}`);
  return best;
}

/** Whether a record is listed. */
export function isListed<Row extends BaseRecord>(
  record: Row,
  includeDeleted: boolean,
  conditions: readonly Condition<Row>[],
): boolean {
  return (includeDeleted || record.deleted_at === null) && conditions.every(({ passes }) => passes(record));
}

function wayTo<Row extends BaseRecord>(
  indexes: ReadonlyMap<string, SortedIndex<Row>>,
  found: Condition<Row>['found'],
  { includeDeleted, positionOf }: Listed,
): Omit<ReadPlan<Row>, 'remaining'> | undefined {
  if (!found) return undefined;
  if ('ids' in found) {
    const positions = [...found.ids].map(positionOf).filter((position) => position !== undefined);
    const stretch = {
      length: positions.length,
      positions: (first: number, count: number) => positions.slice(first, first + count),
    };
    return { stretch, isInOrder: false, isOfKind: false };
  }
  const index = indexes.get(found.index);
  // Without it the result would be right, but slow, and that would go unnoticed.
  if (!index) throw new Error(`there is no index ${found.index}`);
  const stretch = index.stretch(found.span, includeDeleted);
  const isInOrder = found.index === order || found.span.only !== undefined;
  return { stretch, isInOrder, isOfKind: true };
}

/** The index in whose order listings are. */
const order = 'created_at';

const everything: Condition<unknown> = { passes: () => true, found: { index: order, span: {} } };

/** What each record of a stretch costs: nothing where only those of the page are read, most where it has to be sorted. */
function costOfOne(isInOrder: boolean, remaining: number): number {
  if (!isInOrder) return 4;
  return remaining === 0 ? 0 : 1;
}
