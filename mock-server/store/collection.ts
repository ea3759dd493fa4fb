import type { Serialised } from '../../contracts/serialised.ts';
import type { BaseRecord } from '../../seeds/index.ts';
import { LayeredMap } from './layered-map.ts';
import type { Gapped } from './gapped.ts';
import { choose, type Condition } from './selection.ts';
import { compareCreation, SortedIndex, type ValuesOf } from './sorted-index.ts';

/**
 * One record and, once it has been sent, its bytes. Entries are never changed but replaced, so worlds can share
 * them; only the bytes are filled in later, and they follow from the record and what it embeds.
 */
export interface Entry<Row> {
  readonly record: Row;
  sent: Serialised<never> | Gapped | undefined;
}

/** Which values a record is found by, per index. */
export type Indexes<Row> = Readonly<Record<string, ValuesOf<Row>>>;

/** Which part of a listing is wanted. */
export interface Selection<Row> {
  includeDeleted: boolean;
  /** What a record has to meet, all of it. */
  conditions: readonly Condition<Row>[];
  /** The position of the first entry, from 0. */
  first: number;
  count: number;
}

/** A part of a listing, and how long the whole of it is. */
export interface Selected<Row> {
  total: number;
  entries: Entry<Row>[];
}

/**
 * The records of one resource in the order in which Gem lists them: by creation, then by id (gem-ats-api §14 #24).
 */
export class Collection<Row extends BaseRecord> {
  #entries = new LayeredMap<Entry<Row>>();
  #indexes: ReadonlyMap<string, SortedIndex<Row>>;

  /** @param records what it holds at first; of two with the same id the later one */
  constructor(indexes: Indexes<Row>, records: readonly Row[] = []) {
    for (const record of records) this.#entries.set(record.id, { record, sent: undefined });
    const isLast = (record: Row) => this.get(record.id) === record;
    const sorted = [...new Set(records)].filter(isLast).sort(compareCreation);
    this.#indexes = new Map(
      Object.entries({ ...times, ...indexes }).map(([name, valuesOf]) => [
        name,
        new SortedIndex<Row>(valuesOf, sorted),
      ]),
    );
  }

  get size(): number {
    return this.#entries.size;
  }

  get(id: string): Row | undefined {
    return this.#entries.get(id)?.record;
  }

  entry(id: string): Entry<Row> | undefined {
    return this.#entries.get(id);
  }

  /** Adds a record or puts it in the place of the one with its id. */
  put(record: Row): void {
    const before = this.get(record.id);
    this.#entries.set(record.id, { record, sent: undefined });
    for (const index of this.#indexes.values()) index.replace(before, record);
  }

  /** Forgets the bytes of a record because something that it embeds has changed. */
  refresh(id: string): void {
    const entry = this.#entries.get(id);
    if (entry) this.#entries.set(id, { record: entry.record, sent: undefined });
  }

  /** All entries in order. */
  *entries(): IterableIterator<Entry<Row>> {
    for (let first = 0; first < this.size; first += 256) {
      yield* this.select({ includeDeleted: true, conditions: [], first, count: 256 }).entries;
    }
  }

  /** The entries with a value in an index, in order. */
  entriesBy(index: string, value: string): Entry<Row>[] {
    const stretch = this.#indexes.get(index)?.stretch({ only: value }, true);
    return stretch ? this.#entriesOf(stretch.ids(0, stretch.length)) : [];
  }

  /** The records with a value in an index, in order. */
  by(index: string, value: string): Row[] {
    return this.entriesBy(index, value).map(({ record }) => record);
  }

  /** A part of the listing of what meets all conditions, in order. */
  select({ includeDeleted, conditions, first, count }: Selection<Row>): Selected<Row> {
    const { stretch, isInOrder, remaining } = choose(this.#indexes, conditions, includeDeleted);
    if (isInOrder && remaining.length === 0) {
      return { total: stretch.length, entries: this.#entriesOf(stretch.ids(first, count)) };
    }
    const passing = this.#entriesOf(stretch.ids(0, stretch.length)).filter(({ record }) =>
      remaining.every((passes) => passes(record)),
    );
    if (!isInOrder) passing.sort((one, other) => compareCreation(one.record, other.record));
    return { total: passing.length, entries: passing.slice(first, first + count) };
  }

  /** An independent collection with the same records; the entries are shared. */
  fork(): Collection<Row> {
    const fork = new Collection<Row>({});
    fork.#entries = this.#entries.fork();
    fork.#indexes = new Map([...this.#indexes].map(([name, index]) => [name, index.fork()]));
    return fork;
  }

  #entriesOf(ids: readonly string[]): Entry<Row>[] {
    const entries: Entry<Row>[] = [];
    for (const id of ids) {
      const entry = this.#entries.get(id);
      if (entry) entries.push(entry);
    }
    return entries;
  }
}

/** The times that every resource is found by, where it has them. */
const times: Indexes<BaseRecord> = {
  created_at: ({ created_at }) => [created_at],
  updated_at: (record) => timeOf(record, 'updated_at'),
  last_activity_at: (record) => timeOf(record, 'last_activity_at'),
};

function timeOf(record: object, name: string): string[] {
  const time: unknown = Reflect.get(record, name);
  return typeof time === 'string' ? [time] : [];
}
