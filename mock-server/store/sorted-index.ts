import type { BaseRecord } from '../../seeds/index.ts';
import { SortedList, type Compare } from './sorted-list.ts';

/** The values that a record is found by; null is none. */
export type ValuesOf<Row> = (record: Row) => readonly (string | null)[];

/** The stretch of an index from one value (included) to another (not), or with one value only. */
export interface Span {
  readonly only?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The positions of records in the order of an index, of which any part can be had. */
export interface Stretch {
  readonly length: number;
  positions: (first: number, count: number) => number[];
}

/** Gives the record at a position. */
export type RecordAt<Row> = (position: number) => Row;

/**
 * An index: every record in the order of its values, those with the same value in the order of a listing. The living
 * are kept apart as well, because most listings leave the deleted out and have to know how many are left.
 */
export class SortedIndex<Row extends BaseRecord> {
  readonly #valuesOf: ValuesOf<Row>;
  #all: SortedList;
  #living: SortedList;

  /**
   * @param records in the order of a listing, which is the order of their positions, from 0
   * @param deleted the positions of those that are not living
   */
  constructor(
    valuesOf: ValuesOf<Row>,
    at: RecordAt<Row>,
    records: readonly Row[] = [],
    deleted: ReadonlySet<number> = new Set(),
  ) {
    this.#valuesOf = valuesOf;
    const compare = comparing(at);
    const [values, positions] = inOrder(...this.#columns(records));
    this.#all = new SortedList(compare, values, positions);
    if (deleted.size === 0) {
      // As long as nothing is deleted, the two share all that they hold.
      this.#living = this.#all.fork(compare);
    } else {
      const living = [...positions.keys()].filter((place) => !deleted.has(positions[place] ?? NaN));
      this.#living = new SortedList(compare, pick(values, living), pick(positions, living));
    }
  }

  /**
   * Puts a record in the place of an earlier state of it, created at the same time. Without either, it is only taken
   * out or put in. Whatever else is in the index has to be at its position.
   */
  replace(position: number, before: Row | undefined, record: Row | undefined): void {
    const old = before ? this.#values(before) : [];
    const now = record ? this.#values(record) : [];
    change(this.#all, position, old, now);
    change(
      this.#living,
      position,
      before && isLiving(before) ? old : [],
      record && isLiving(record) ? now : [],
    );
  }

  /** The records with a value in a span, each as often as it has one there. */
  stretch({ only, from = only, to }: Span, includeDeleted: boolean): Stretch {
    const list = includeDeleted ? this.#all : this.#living;
    const start = from === undefined ? 0 : list.count((value) => value < from);
    const end =
      only !== undefined
        ? list.count((value) => value <= only)
        : to === undefined
          ? list.length
          : list.count((value) => value < to);
    return {
      length: Math.max(0, end - start),
      positions: (first, count) => list.slice(start + first, Math.min(start + first + count, end)),
    };
  }

  /** An independent index of the same records. */
  fork(at: RecordAt<Row>): SortedIndex<Row> {
    const fork = new SortedIndex(this.#valuesOf, at);
    fork.#all = this.#all.fork(comparing(at));
    fork.#living = this.#living.fork(comparing(at));
    return fork;
  }

  #columns(records: readonly Row[]): [values: string[], positions: number[]] {
    const [values, positions]: [string[], number[]] = [[], []];
    for (const [position, record] of records.entries()) {
      for (const value of this.#values(record)) {
        values.push(value);
        positions.push(position);
      }
    }
    return [values, positions];
  }

  /** The values of a record, each once. */
  #values(record: Row): string[] {
    const values: string[] = [];
    for (const value of this.#valuesOf(record)) {
      if (value !== null && !values.includes(value)) values.push(value);
    }
    return values;
  }
}

/** The order of a listing: by creation, then by id (gem-ats-api §14 #24). */
export function compareCreation(
  one: Pick<BaseRecord, 'created_at' | 'id'>,
  other: Pick<BaseRecord, 'created_at' | 'id'>,
): number {
  if (one.created_at !== other.created_at) return one.created_at < other.created_at ? -1 : 1;
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
}

function comparing(at: RecordAt<BaseRecord>): Compare {
  return (one, other) => (one === other ? 0 : compareCreation(at(one), at(other)));
}

/** Sorts by value; what has the same value stays in order. */
function inOrder(values: string[], positions: number[]): [values: string[], positions: number[]] {
  const isSorted = values.every((value, place) => place === 0 || (values[place - 1] ?? '') <= value);
  if (isSorted) return [values, positions];
  const order = [...values.keys()].sort((one, other) => {
    const value = values[one] ?? '';
    const otherValue = values[other] ?? '';
    return value < otherValue ? -1 : value > otherValue ? 1 : 0;
  });
  return [pick(values, order), pick(positions, order)];
}

function pick<Item>(items: readonly Item[], places: readonly number[]): Item[] {
  return places.flatMap((place) => items[place] ?? []);
}

function change(list: SortedList, position: number, old: readonly string[], now: readonly string[]): void {
  for (const value of old) if (!now.includes(value)) list.remove(value, position);
  for (const value of now) if (!old.includes(value)) list.add(value, position);
}

function isLiving(record: BaseRecord): boolean {
  return record.deleted_at === null;
}
