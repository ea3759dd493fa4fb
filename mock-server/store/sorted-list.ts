/** How many places a chunk holds at most: few enough to copy one in about a microsecond. */
const chunkSize = 512;

/** Decides which of two records comes first, by their positions. */
export type Compare = (one: number, other: number) => number;

/**
 * Records in order: by a value, and among those of the same value by a comparison of their own. They lie in chunks
 * that forks share until one of them changes a chunk. Finding, adding and removing takes time with the logarithm of
 * the length; a fork copies one reference for every few hundred places.
 *
 * A record is no more than its position here, and values and positions are columns of their own: with an object for
 * every place, a world's indexes would take a tenth of its memory.
 */
export class SortedList {
  readonly #compare: Compare;
  #chunks: Chunk[] = [];
  /** How many places lie before each of the first chunks, as far as that was asked for and has not changed. */
  #starts: number[] = [];
  #length: number;
  /** Changes with every fork: the chunks of an older owner are shared, and copied before they are changed. */
  #owner = {};

  /** @param values with the positions in order already; no two places are equal */
  constructor(compare: Compare, values: readonly string[] = [], positions: readonly number[] = []) {
    this.#compare = compare;
    this.#length = values.length;
    for (let start = 0; start < values.length; start += chunkSize / 2) {
      const end = start + chunkSize / 2;
      this.#chunks.push({
        owner: this.#owner,
        values: values.slice(start, end),
        positions: positions.slice(start, end),
      });
    }
  }

  get length(): number {
    return this.#length;
  }

  /** Adds a place that is not there yet. */
  add(value: string, position: number): void {
    this.#length += 1;
    // Most lists of times grow at their end: what comes last is not looked for.
    const end = this.#chunks.length - 1;
    const isLast = end >= 0 && this.#isBehindAll(value, position);
    const at = isLast ? end : this.#chunkOf(value, position);
    const chunk = this.#own(at);
    const { values, positions } = chunk;
    const place = isLast ? values.length : this.#placeIn(chunk, value, position);
    this.#starts.length = Math.min(this.#starts.length, at + 1);
    values.splice(place, 0, value);
    positions.splice(place, 0, position);
    if (values.length <= chunkSize) return;
    // What grows at its end only, as most lists do, leaves full chunks behind; any other is cut in the middle.
    const cut = place === chunkSize && at === this.#chunks.length - 1 ? chunkSize : chunkSize / 2;
    const rest = { owner: this.#owner, values: values.splice(cut), positions: positions.splice(cut) };
    this.#chunks.splice(at + 1, 0, rest);
  }

  /** Removes a place, if it is there. */
  remove(value: string, position: number): void {
    const at = this.#chunkOf(value, position);
    const shared = this.#chunks[at];
    if (!shared) return;
    const place = this.#placeIn(shared, value, position);
    if (shared.values[place] !== value || shared.positions[place] !== position) return;
    const { values, positions } = this.#own(at);
    values.splice(place, 1);
    positions.splice(place, 1);
    this.#length -= 1;
    this.#starts.length = Math.min(this.#starts.length, at + 1);
    if (values.length === 0) this.#chunks.splice(at, 1);
  }

  /**
   * How many places come first.
   *
   * @param comesFirst true for the values up to some place, false for all after it
   */
  count(comesFirst: (value: string) => boolean): number {
    const chunks = this.#chunks;
    const at = bisect(chunks.length, (index) => comesFirst(chunks[index]?.values[0] ?? '')) - 1;
    const { values } = chunks[at] ?? nothing;
    return this.#startOf(Math.max(0, at)) + bisect(values.length, (index) => comesFirst(values[index] ?? ''));
  }

  /** The positions from one place to another, the latter not included. */
  slice(from: number, to: number): number[] {
    const slice: number[] = [];
    const first = bisect(this.#chunks.length, (at) => this.#startOf(at) <= from) - 1;
    for (let at = Math.max(0, first); at < this.#chunks.length; at += 1) {
      const start = this.#startOf(at);
      if (start >= to) break;
      const { positions } = this.#chunks[at] ?? nothing;
      const end = Math.min(positions.length, to - start);
      for (let index = Math.max(0, from - start); index < end; index += 1)
        slice.push(positions[index] ?? NaN);
    }
    return slice;
  }

  /** An independent list of the same places. */
  fork(compare: Compare): SortedList {
    const fork = new SortedList(compare);
    fork.#chunks = [...this.#chunks];
    fork.#length = this.#length;
    this.#owner = {};
    return fork;
  }

  /** How many places lie before a chunk. */
  #startOf(at: number): number {
    const starts = this.#starts;
    if (starts.length === 0) starts.push(0);
    for (let known = starts.length; known <= at; known += 1) {
      starts.push((starts[known - 1] ?? 0) + (this.#chunks[known - 1]?.values.length ?? 0));
    }
    return starts[at] ?? 0;
  }

  #isBehindAll(value: string, position: number): boolean {
    const chunk = this.#chunks.at(-1);
    return chunk !== undefined && this.#compareAt(chunk, chunk.values.length - 1, value, position) < 0;
  }

  /** Compares the place at an index of a chunk with another one. */
  #compareAt({ values, positions }: Chunk, index: number, value: string, position: number): number {
    const itsValue = values[index];
    const itsPosition = positions[index];
    if (itsValue === undefined || itsPosition === undefined) throw new RangeError(`no place ${index}`);
    if (itsValue !== value) return itsValue < value ? -1 : 1;
    return this.#compare(itsPosition, position);
  }

  /** The index of the chunk that a place is in, or belongs into. Every write searches, so nothing is made on the way. */
  #chunkOf(value: string, position: number): number {
    const chunks = this.#chunks;
    let [low, high] = [1, chunks.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compareAt(chunks[middle] ?? nothing, 0, value, position) <= 0) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** The index in a chunk that a place has, or would have. */
  #placeIn(chunk: Chunk, value: string, position: number): number {
    let [low, high] = [0, chunk.values.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compareAt(chunk, middle, value, position) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** A chunk, to be changed. */
  #own(at: number): Chunk {
    const chunk = this.#chunks[at];
    if (chunk?.owner === this.#owner) return chunk;
    const values = chunk ? [...chunk.values] : [];
    const own = { owner: this.#owner, values, positions: chunk ? [...chunk.positions] : [] };
    this.#chunks[at] = own;
    return own;
  }
}

interface Chunk {
  owner: object;
  values: string[];
  positions: number[];
}

const nothing: Chunk = { owner: {}, values: [], positions: [] };

/** The first index, up to a length, at which something is no longer true. */
function bisect(length: number, isTrue: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isTrue(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
