import type { BaseRecord } from '../../seeds/index.ts';
import type { Part } from '../../contracts/server/serialised.ts';
import { atOnce, type Steps } from '../machine/slices.ts';
import type { LinkTemplate } from './link-template.ts';
import { LayeredMap } from './layered-map.ts';
import { planRead, isListed, type Condition } from './selection.ts';
import { Slots } from './slots.ts';
import { sortInSteps } from './sort-in-steps.ts';
import { compareCreation, SortedIndex, type RecordAt, type ValuesOf } from './sorted-index.ts';

/**
 * One record and, once it has been sent, its bytes. Entries are never changed but replaced, so worlds can share
 * them; only the bytes are filled in later, and they follow from the record and what it embeds.
 */
export interface Entry<Row> {
  readonly record: Row;
  /** Whether it took the place of another one: what has changed is likely to change again. */
  readonly isRewritten: boolean;
  sent: Part | LinkTemplate | undefined;
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
  #positions = new LayeredMap<number>();
  #entries = new Slots<Entry<Row>>(({ record }) => ({ record, isRewritten: true, sent: undefined }));
  #indexes: ReadonlyMap<string, SortedIndex<Row>> = new Map();
  /** Whether positions are in the order of a listing: they are until something comes that was created before others. */
  #isByPosition = true;

  /**
   * @param indexes left out, it has none
   * @param records what it holds at first; of two with the same id the later one
   */
  constructor(indexes?: Indexes<Row>, records: readonly Row[] = []) {
    if (indexes) atOnce(this.#fill(indexes, records));
  }

  /** Makes one as the constructor does, step by step. */
  static *inSteps<Row extends BaseRecord>(
    indexes: Indexes<Row>,
    records: readonly Row[],
  ): Steps<Collection<Row>> {
    const collection = new Collection<Row>();
    yield* collection.#fill(indexes, records);
    return collection;
  }

  get size(): number {
    return this.#entries.length;
  }

  get(id: string): Row | undefined {
    return this.entry(id)?.record;
  }

  entry(id: string): Entry<Row> | undefined {
    const position = this.#positions.get(id);
    return position === undefined ? undefined : this.#entries.at(position);
  }

  /** Adds a record or puts it in the place of the one with its id. */
  put(record: Row): void {
    const position = this.#positions.get(record.id) ?? this.size;
    let before = this.#entries.at(position)?.record;
    this.#isByPosition &&= before
      ? before.created_at === record.created_at
      : position === 0 || compareCreation(this.#recordAt(position - 1), record) < 0;
    if (before && before.created_at !== record.created_at) {
      // It moves even among those with the same value, so it is taken out while all are where the indexes know them.
      for (const index of this.#indexes.values()) index.replace(position, before, undefined);
      this.#set(position, record, true);
      before = undefined;
    } else {
      this.#set(position, record, before !== undefined);
    }
    for (const index of this.#indexes.values()) index.replace(position, before, record);
  }

  /** Forgets the bytes of a record because something that it embeds has changed. */
  refresh(id: string): void {
    const position = this.#positions.get(id);
    const entry = position === undefined ? undefined : this.#entries.at(position);
    if (position === undefined || !entry) return;
    // What was never sent had no bytes that changed: an application that comes with its candidate does not make it passing.
    this.#set(position, entry.record, entry.isRewritten || entry.sent !== undefined);
  }

  /** Forgets the bytes of all records, in no time. */
  refreshAll(): void {
    this.#entries.renewAll();
  }

  /** How many records have a value in an index. */
  countBy(index: string, value: string): number {
    return this.#indexes.get(index)?.stretch({ only: value }, true)?.length ?? 0;
  }

  /** The records that are not the very same in an earlier state of the collection, in order. */
  changedSince(before: Collection<Row>): Row[] {
    return this.#entries
      .differing(before.#entries)
      .map(({ record }) => record)
      .filter((record) => record !== before.get(record.id))
      .sort(compareCreation);
  }

  /** All records in order, listed step by step. */
  *records(): Steps<Row[]> {
    const records: Row[] = [];
    for (const { record } of this.entries()) {
      records.push(record);
      if (records.length % stretch === 0) yield;
    }
    return records;
  }

  /** All entries in order. */
  *entries(): IterableIterator<Entry<Row>> {
    for (let first = 0; first < this.size; first += stretch) {
      yield* this.select({ includeDeleted: true, conditions: [], first, count: stretch }).entries;
    }
  }

  /** The entries with a value in an index, in order. */
  entriesBy(index: string, value: string): Entry<Row>[] {
    const stretch = this.#indexes.get(index)?.stretch({ only: value }, true);
    return stretch ? this.#entriesAt(stretch.positions(0, stretch.length)) : [];
  }

  /** The records with a value in an index, in order. */
  by(index: string, value: string): Row[] {
    return this.entriesBy(index, value).map(({ record }) => record);
  }

  /** A part of the listing of what meets all conditions, in order. */
  select({ includeDeleted, conditions, first, count }: Selection<Row>): Selected<Row> {
    const { stretch, isInOrder, isOfKind, remaining } = planRead(this.#indexes, conditions, {
      includeDeleted,
      positionOf: (id) => this.#positions.get(id),
    });
    if (isInOrder && remaining.length === 0) {
      return { total: stretch.length, entries: this.#entriesAt(stretch.positions(first, count)) };
    }
    if (this.#isByPosition && isOfKind && remaining.length === 0) {
      const positions = new Uint32Array(stretch.positions(0, stretch.length)).sort();
      return { total: stretch.length, entries: this.#entriesAt(positions.subarray(first, first + count)) };
    }
    const passing = this.#entriesAt(stretch.positions(0, stretch.length)).filter(({ record }) =>
      isListed(record, includeDeleted, remaining),
    );
    if (!isInOrder) passing.sort((one, other) => compareCreation(one.record, other.record));
    return { total: passing.length, entries: passing.slice(first, first + count) };
  }

  /** An independent collection with the same records; the entries are shared. */
  fork(): Collection<Row> {
    const fork = new Collection<Row>();
    fork.#positions = this.#positions.fork();
    fork.#entries = this.#entries.fork();
    fork.#isByPosition = this.#isByPosition;
    fork.#indexes = new Map([...this.#indexes].map(([name, index]) => [name, index.fork(fork.#recordAt)]));
    return fork;
  }

  *#fill(indexes: Indexes<Row>, records: readonly Row[]): Steps<void> {
    const last = new Map<string, Row>();
    for (const [index, record] of records.entries()) {
      last.set(record.id, record);
      if (index % stretch === 0) yield;
    }
    // What is listed together lies together in memory: so a page's entries are found several times as fast.
    const sorted = yield* sortInSteps([...last.values()], compareCreation);
    const deleted = new Set<number>();
    for (const [position, record] of sorted.entries()) {
      this.#set(position, record, false);
      if (record.deleted_at !== null) deleted.add(position);
      if (position % stretch === 0) yield;
    }
    const made = new Map<string, SortedIndex<Row>>();
    for (const [name, valuesOf] of Object.entries({ ...times, ...indexes })) {
      const index = new SortedIndex<Row>(valuesOf, this.#recordAt);
      yield* index.fill(sorted, deleted);
      made.set(name, index);
    }
    this.#indexes = made;
  }

  #entriesAt(positions: ArrayLike<number>): Entry<Row>[] {
    const entries: Entry<Row>[] = [];
    for (let place = 0; place < positions.length; place += 1) {
      const entry = this.#entries.at(positions[place] ?? NaN);
      if (entry) entries.push(entry);
    }
    return entries;
  }

  readonly #recordAt: RecordAt<Row> = (position) => {
    const entry = this.#entries.at(position);
    if (!entry) throw new RangeError(`there is no record at ${position}`);
    return entry.record;
  };

  #set(position: number, record: Row, isRewritten: boolean): void {
    if (position === this.size) this.#positions.set(record.id, position);
    this.#entries.set(position, { record, isRewritten, sent: undefined });
  }
}

/** Records that are looked at in one step. */
const stretch = 256;

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
