/** How many values a chunk holds: few enough to copy one in about a microsecond. */
const chunkSize = 512;

interface Chunk<Value> {
  readonly owner: object;
  readonly values: Value[];
  /** Whether its values, which others may share, are to be renewed before the next is given. */
  readonly isToRenew: boolean;
}

/**
 * Values at positions that never change. They lie in chunks that forks share until one of them changes a chunk. What
 * knows a position finds its value without a look-up, and values at neighbouring positions lie side by side in memory.
 */
export class Slots<Value> {
  #chunks: Chunk<Value>[] = [];
  #length = 0;
  /** Changes with every fork: the chunks of an older owner are shared, and copied before they are changed. */
  #owner = {};
  readonly #renew: (value: Value) => Value;

  /** @param renew makes the value that takes the place of one, for {@link renewAll} */
  constructor(renew: (value: Value) => Value = (value) => value) {
    this.#renew = renew;
  }

  get length(): number {
    return this.#length;
  }

  at(position: number): Value | undefined {
    return this.#chunk(Math.floor(position / chunkSize))?.values[position % chunkSize];
  }

  /** Renews every value once, each chunk of them when something in it is asked for next. */
  renewAll(): void {
    this.#chunks = this.#chunks.map(({ owner, values }) => ({ owner, values, isToRenew: true }));
  }

  #chunk(at: number): Chunk<Value> | undefined {
    const chunk = this.#chunks[at];
    if (!chunk?.isToRenew) return chunk;
    return (this.#chunks[at] = {
      owner: this.#owner,
      values: chunk.values.map(this.#renew),
      isToRenew: false,
    });
  }

  /** Puts a value at a position: one that has a value already, or the first that has none. */
  set(position: number, value: Value): void {
    if (position > this.#length) throw new RangeError(`there is nothing before position ${position}`);
    const at = Math.floor(position / chunkSize);
    const chunk = this.#chunk(at);
    if (chunk?.owner === this.#owner) chunk.values[position % chunkSize] = value;
    else {
      const values = [...(chunk?.values ?? [])];
      values[position % chunkSize] = value;
      this.#chunks[at] = { owner: this.#owner, values, isToRenew: false };
    }
    if (position === this.#length) this.#length += 1;
  }

  /**
   * The values that others do not have at the same positions; one that waits to be renewed counts as it was. Chunks that both
   * share are not looked into.
   */
  differing(others: Slots<Value>): Value[] {
    return this.#chunks.flatMap((chunk, at) => {
      const other = others.#chunks[at];
      return chunk === other ? [] : chunk.values.filter((value, index) => value !== other?.values[index]);
    });
  }

  /** Independent slots with the same values. */
  fork(): Slots<Value> {
    const fork = new Slots<Value>(this.#renew);
    fork.#chunks = [...this.#chunks];
    fork.#length = this.#length;
    this.#owner = {};
    return fork;
  }
}
