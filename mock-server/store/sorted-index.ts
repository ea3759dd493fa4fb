import type { BaseRecord } from '../../seeds/index.ts';
import type { Steps } from '../machine/slices.ts';
import { sortInSteps } from './sort-in-steps.ts';
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
  readonly #compare: Compare;
  #all: SortedList;
  /** Undefined as long as all of them are: then nothing has to be written twice. */
  #living: SortedList | undefined;

  /** Makes one that holds nothing. */
  constructor(valuesOf: ValuesOf<Row>, at: RecordAt<Row>) {
    this.#valuesOf = valuesOf;
    this.#compare = comparing(at);
    this.#all = new SortedList(this.#compare);
  }

  /**
   * Takes in its first records, step by step.
   *
   * @param records in the order of a listing, which is the order of their positions, from 0
   * @param deleted the positions of those that are not living
   */
  *fill(records: readonly Row[], deleted: ReadonlySet<number>): Steps<void> {
    const [values, positions] = yield* inOrder(yield* this.#columns(records));
    this.#all = new SortedList(this.#compare, values, positions);
    if (deleted.size === 0) return;
    const [livingValues, livingPositions]: Columns = [[], []];
    for (const [place, position] of positions.entries()) {
      if (place % stretch === 0) yield;
      if (deleted.has(position)) continue;
      livingValues.push(values[place] ?? '');
      livingPositions.push(position);
    }
    this.#living = new SortedList(this.#compare, livingValues, livingPositions);
  }

  /**
   * Puts a record in the place of an earlier state of it, created at the same time. Without either, it is only taken
   * out or put in. Whatever else is in the index has to be at its position.
   */
  replace(position: number, before: Row | undefined, record: Row | undefined): void {
    const old = before ? this.#values(before) : [];
    const now = record ? this.#values(record) : [];
    if (record && !isLiving(record)) this.#living ??= this.#all.fork(this.#compare);
    change(this.#all, position, old, now);
    if (!this.#living) return;
    change(
      this.#living,
      position,
      before && isLiving(before) ? old : [],
      record && isLiving(record) ? now : [],
    );
  }

  /** The records with a value in a span, each as often as it has one there. */
  stretch({ only, from = only, to }: Span, includeDeleted: boolean): Stretch {
    const list = includeDeleted ? this.#all : (this.#living ?? this.#all);
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
    fork.#living = this.#living?.fork(comparing(at));
    return fork;
  }

  *#columns(records: readonly Row[]): Steps<Columns> {
    const [values, positions]: Columns = [[], []];
    for (const [position, record] of records.entries()) {
      if (position % stretch === 0) yield;
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
      if (value === null) continue;
      // To look for it among many others takes as long as the square of their number.
      if (values.length === few) return [...new Set(this.#valuesOf(record))].filter((one) => one !== null);
      if (!values.includes(value)) values.push(value);
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

/** Values, and beside each the position of its record. */
type Columns = [values: string[], positions: number[]];

/** Sorts by value; what has the same value stays in order. */
function* inOrder([values, positions]: Columns): Steps<Columns> {
  const isSorted = values.every((value, place) => place === 0 || (values[place - 1] ?? '') <= value);
  if (isSorted) return [values, positions];
  const order = yield* sortInSteps([...values.keys()], (one, other) => {
    const value = values[one] ?? '';
    const otherValue = values[other] ?? '';
    return value < otherValue ? -1 : value > otherValue ? 1 : 0;
  });
  const sorted: Columns = [[], []];
  for (const [place, from] of order.entries()) {
    if (place % stretch === 0) yield;
    sorted[0].push(values[from] ?? '');
    sorted[1].push(positions[from] ?? NaN);
  }
  return sorted;
}

/** Places that are looked at in one step. */
const stretch = 1024;

function change(list: SortedList, position: number, old: readonly string[], now: readonly string[]): void {
  const [before, after] = [lookedUp(old), lookedUp(now)];
  for (const value of old) if (!after.includes(value)) list.remove(value, position);
  for (const value of now) if (!before.includes(value)) list.add(value, position);
}

/** Values that can be asked for what is among them in a moment, however many they are. */
function lookedUp(values: readonly string[]): { includes: (value: string) => boolean } {
  if (values.length <= few) return values;
  const all = new Set(values);
  return { includes: (value) => all.has(value) };
}

/** Values that are looked through one by one. */
const few = 20;

function isLiving(record: BaseRecord): boolean {
  return record.deleted_at === null;
}
