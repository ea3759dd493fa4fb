import type { BaseRecord } from '../../seeds/index.ts';
import { SortedList } from './sorted-list.ts';

/** The values that a record is found by; null is none. */
export type ValuesOf<Row> = (record: Row) => readonly (string | null)[];

/** The stretch of an index from one value (included) to another (not), or with one value only. */
export interface Span {
  readonly only?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The ids of records in the order of an index, of which any part can be had. */
export interface Stretch {
  readonly length: number;
  ids: (first: number, count: number) => string[];
}

/** Where a record stands in an index: by a value, then by creation, then by id. */
interface Place {
  readonly value: string;
  readonly created_at: string;
  readonly id: string;
}

/**
 * An index: every record in the order of its values, those with the same value in the order of a listing. The living
 * are kept apart as well, because most listings leave the deleted out and have to know how many are left.
 */
export class SortedIndex<Row extends BaseRecord> {
  readonly #valuesOf: ValuesOf<Row>;
  #all: SortedList<Place>;
  #living: SortedList<Place>;

  /** @param records in the order of a listing: by creation, then by id */
  constructor(valuesOf: ValuesOf<Row>, records: readonly Row[] = []) {
    this.#valuesOf = valuesOf;
    const places: Place[] = [];
    const deleted = new Set<string>();
    for (const record of records) {
      places.push(...this.#places(record));
      if (!isLiving(record)) deleted.add(record.id);
    }
    // The sort is stable: what has the same value stays in order.
    places.sort((one, other) => (one.value < other.value ? -1 : one.value > other.value ? 1 : 0));
    const living = deleted.size === 0 ? places : places.filter(({ id }) => !deleted.has(id));
    this.#all = new SortedList(compare, places);
    this.#living = new SortedList(compare, living);
  }

  /** Puts a record in the place of an earlier state of it. */
  replace(before: Row | undefined, record: Row): void {
    const old = before ? this.#places(before) : [];
    const now = this.#places(record);
    change(this.#all, old, now);
    change(this.#living, before && isLiving(before) ? old : [], isLiving(record) ? now : []);
  }

  /** The records with a value in a span, each as often as it has one there. */
  stretch({ only, from = only, to }: Span, includeDeleted: boolean): Stretch {
    const list = includeDeleted ? this.#all : this.#living;
    const start = from === undefined ? 0 : list.count(({ value }) => value < from);
    const end =
      only !== undefined
        ? list.count(({ value }) => value <= only)
        : to === undefined
          ? list.length
          : list.count(({ value }) => value < to);
    return {
      length: Math.max(0, end - start),
      ids: (first, count) =>
        list.slice(start + first, Math.min(start + first + count, end)).map(({ id }) => id),
    };
  }

  /** An independent index of the same records. */
  fork(): SortedIndex<Row> {
    const fork = new SortedIndex(this.#valuesOf);
    fork.#all = this.#all.fork();
    fork.#living = this.#living.fork();
    return fork;
  }

  #places(record: Row): Place[] {
    const { created_at, id } = record;
    const places: Place[] = [];
    for (const value of this.#valuesOf(record)) {
      const isNew = value !== null && !places.some((place) => place.value === value);
      if (isNew) places.push({ value, created_at, id });
    }
    return places;
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

function compare(one: Place, other: Place): number {
  if (one.value !== other.value) return one.value < other.value ? -1 : 1;
  return compareCreation(one, other);
}

function change(list: SortedList<Place>, old: readonly Place[], now: readonly Place[]): void {
  const isIn = (places: readonly Place[], place: Place) =>
    places.some((other) => compare(other, place) === 0);
  for (const place of old) if (!isIn(now, place)) list.remove(place);
  for (const place of now) if (!isIn(old, place)) list.add(place);
}

/** Whether a record was not deleted. */
export function isLiving(record: BaseRecord): boolean {
  return record.deleted_at === null;
}
