import type { Serialised } from '../../contracts/serialised.ts';
import type { BaseRecord } from '../../seeds/index.ts';

/**
 * One record and, once it has been sent, its bytes. Entries are never changed but replaced, so worlds can share
 * them; only the bytes are filled in later, and they follow from the record and what it embeds.
 */
export interface Entry<Row> {
  readonly record: Row;
  sent: { bytes: Serialised<never>; validFor: unknown } | undefined;
}

/** Which values a record is found by, per index. */
export type Indexes<Row> = Readonly<Record<string, (record: Row) => readonly (string | null)[]>>;

/**
 * The records of one resource in the order in which Gem lists them: by creation, then by id (gem-ats-api §14 #24).
 */
export class Collection<Row extends BaseRecord> {
  readonly #indexes: Indexes<Row>;
  #entries = new Map<string, Entry<Row>>();
  #order: string[] = [];
  #buckets = new Map<string, Bucket>();
  /** Changes with every fork: buckets of an older generation are shared. */
  #generation = {};

  constructor(indexes: Indexes<Row>) {
    this.#indexes = indexes;
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
    const before = this.#entries.get(record.id);
    this.#entries.set(record.id, { record, sent: undefined });
    if (!before || before.record.created_at !== record.created_at) {
      if (before) this.#order.splice(this.#order.indexOf(record.id), 1);
      this.#order.splice(this.#position(record), 0, record.id);
    }
    for (const [index, valuesOf] of Object.entries(this.#indexes)) {
      const old = before ? valuesOf(before.record) : [];
      const now = valuesOf(record);
      for (const value of old)
        if (value !== null && !now.includes(value)) this.#bucket(index, value).delete(record.id);
      for (const value of now)
        if (value !== null && !old.includes(value)) this.#bucket(index, value).add(record.id);
    }
  }

  /** Forgets the bytes of a record because something that it embeds has changed. */
  refresh(id: string): void {
    const entry = this.#entries.get(id);
    if (entry) this.#entries.set(id, { record: entry.record, sent: undefined });
  }

  /** All entries in order. */
  *entries(): IterableIterator<Entry<Row>> {
    for (const id of this.#order) {
      const entry = this.#entries.get(id);
      if (entry) yield entry;
    }
  }

  /** The entries with a value in an index, in order. */
  entriesBy(index: string, value: string): Entry<Row>[] {
    const entries: Entry<Row>[] = [];
    for (const id of this.#buckets.get(bucketKey(index, value))?.ids ?? []) {
      const entry = this.#entries.get(id);
      if (entry) entries.push(entry);
    }
    return entries.sort((one, other) => compare(one.record, other.record));
  }

  /** The records with a value in an index, in order. */
  by(index: string, value: string): Row[] {
    return this.entriesBy(index, value).map(({ record }) => record);
  }

  /** An independent collection with the same records; the entries are shared. */
  fork(): Collection<Row> {
    const fork = new Collection(this.#indexes);
    fork.#entries = new Map(this.#entries);
    fork.#order = [...this.#order];
    fork.#buckets = new Map(this.#buckets);
    this.#generation = {};
    return fork;
  }

  #position(record: Row): number {
    let low = 0;
    let high = this.#order.length;
    const last = this.get(this.#order[high - 1] ?? '');
    if (!last || compare(last, record) < 0) return high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.get(this.#order[middle] ?? '');
      if (other && compare(other, record) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** A bucket that is this collection's own; a shared one is copied before its first change. */
  #bucket(index: string, value: string): Set<string> {
    const key = bucketKey(index, value);
    const bucket = this.#buckets.get(key);
    if (bucket?.owner === this.#generation) return bucket.ids;
    const own = { owner: this.#generation, ids: new Set(bucket?.ids) };
    this.#buckets.set(key, own);
    return own.ids;
  }
}

interface Bucket {
  owner: unknown;
  ids: Set<string>;
}

function bucketKey(index: string, value: string): string {
  return `${index}\n${value}`;
}

function compare(one: BaseRecord, other: BaseRecord): number {
  if (one.created_at !== other.created_at) return one.created_at < other.created_at ? -1 : 1;
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
}
