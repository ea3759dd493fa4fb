import type { BaseRecord } from '../../seeds/index.ts';
import { isLiving, type SortedIndex, type Span, type Stretch } from './sorted-index.ts';

/** What a record has to meet to be listed. */
export interface Condition<Row> {
  passes: (record: Row) => boolean;
  /** Where exactly the records that pass are: in a part of an index, if there is one of that name, or by ids. */
  found?: { readonly index: string; readonly span: Span } | { readonly ids: ReadonlySet<string> };
}

/** From where, and how, a listing is best read. */
export interface Choice<Row> {
  stretch: Stretch;
  /** Whether the stretch is in the order of a listing. */
  isInOrder: boolean;
  /** What the records of the stretch still have to meet. */
  remaining: ((record: Row) => boolean)[];
}

/**
 * Chooses the index that leaves the fewest records to look at. One condition on an index leaves none: then the
 * listing is the stretch itself, and its length is known without reading it.
 */
export function choose<Row extends BaseRecord>(
  indexes: ReadonlyMap<string, SortedIndex<Row>>,
  conditions: readonly Condition<Row>[],
  includeDeleted: boolean,
): Choice<Row> {
  let best: (Choice<Row> & { cost: number }) | undefined;
  for (const condition of [everything, ...conditions]) {
    const way = wayTo(indexes, condition.found, includeDeleted);
    if (!way) continue;
    const cost = way.stretch.length * (way.isInOrder ? 1 : costOfSorting);
    if (best && best.cost <= cost) continue;
    const others = conditions.filter((other) => other !== condition).map(({ passes }) => passes);
    best = { ...way, remaining: [...way.remaining, ...others], cost };
  }
  if (!best) throw new Error(`a collection has an index ${order}`);
  return best;
}

function wayTo<Row extends BaseRecord>(
  indexes: ReadonlyMap<string, SortedIndex<Row>>,
  found: Condition<Row>['found'],
  includeDeleted: boolean,
): Choice<Row> | undefined {
  if (!found) return undefined;
  if ('ids' in found) {
    const ids = [...found.ids];
    const stretch = {
      length: ids.length,
      ids: (first: number, count: number) => ids.slice(first, first + count),
    };
    return { stretch, isInOrder: false, remaining: includeDeleted ? [] : [isLiving] };
  }
  const stretch = indexes.get(found.index)?.stretch(found.span, includeDeleted);
  const isInOrder = found.index === order || found.span.only !== undefined;
  return stretch && { stretch, isInOrder, remaining: [] };
}

/** The index in whose order listings are. */
const order = 'created_at';

const everything: Condition<unknown> = { passes: () => true, found: { index: order, span: {} } };

/** How much dearer a record is that has to be put in order, against one that is only looked at. */
const costOfSorting = 4;
