/** How many values a chunk holds: few enough to copy one in about a microsecond. */
const most = 512;

/**
 * Values at positions that never change. They lie in chunks that forks share until one of them changes a chunk. What
 * knows a position finds its value without a look-up, and values at neighbouring positions lie side by side in memory.
 */
export class Slots<Value> {
  #chunks: { owner: object; values: Value[] }[] = [];
  #length = 0;
  /** Changes with every fork: the chunks of an older owner are shared, and copied before they are changed. */
  #owner = {};

  get length(): number {
    return this.#length;
  }

  at(position: number): Value | undefined {
    return this.#chunks[Math.floor(position / most)]?.values[position % most];
  }

  /** Puts a value at a position: one that has a value already, or the first that has none. */
  set(position: number, value: Value): void {
    if (position > this.#length) throw new RangeError(`there is nothing before position ${position}`);
    const at = Math.floor(position / most);
    const chunk = this.#chunks[at];
    if (chunk?.owner === this.#owner) chunk.values[position % most] = value;
    else {
      const values = [...(chunk?.values ?? [])];
      values[position % most] = value;
      this.#chunks[at] = { owner: this.#owner, values };
    }
    if (position === this.#length) this.#length += 1;
  }

  /** The values that others do not have at the same positions. Chunks that both share are not looked into. */
  differing(others: Slots<Value>): Value[] {
    return this.#chunks.flatMap((chunk, at) => {
      const other = others.#chunks[at];
      return chunk === other ? [] : chunk.values.filter((value, index) => value !== other?.values[index]);
    });
  }

  /** Independent slots with the same values. */
  fork(): Slots<Value> {
    const fork = new Slots<Value>();
    fork.#chunks = [...this.#chunks];
    fork.#length = this.#length;
    this.#owner = {};
    return fork;
  }
}
