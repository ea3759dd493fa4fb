/** How many items a chunk holds at most: few enough to copy one in about a microsecond. */
const most = 512;

/**
 * Items in order, in chunks that forks share until one of them changes a chunk. Finding, adding and removing takes
 * time with the logarithm of the length; a fork copies one reference for every few hundred items.
 */
export class SortedList<Item> {
  readonly #compare: (one: Item, other: Item) => number;
  #chunks: Chunk<Item>[];
  #length: number;
  /** Changes with every fork: the chunks of an older owner are shared, and copied before they are changed. */
  #owner = {};

  /** @param items in order already; none of them equal */
  constructor(compare: (one: Item, other: Item) => number, items: readonly Item[] = []) {
    this.#compare = compare;
    this.#length = items.length;
    this.#chunks = [];
    for (let start = 0; start < items.length; start += most / 2) {
      this.#chunks.push({ owner: this.#owner, items: items.slice(start, start + most / 2) });
    }
  }

  get length(): number {
    return this.#length;
  }

  /** Adds an item that is not there yet. */
  add(item: Item): void {
    this.#length += 1;
    const at = Math.max(
      0,
      this.#chunkOf((other) => this.#compare(other, item) < 0),
    );
    const items = this.#own(at);
    const place = bisect(items.length, (index) => this.#isBefore(items[index], item));
    items.splice(place, 0, item);
    if (items.length <= most) return;
    // What grows at its end only, as most lists do, leaves full chunks behind; any other is cut in the middle.
    const cut = place === most && at === this.#chunks.length - 1 ? most : most / 2;
    this.#chunks.splice(at + 1, 0, { owner: this.#owner, items: items.splice(cut) });
  }

  /** Removes the item that is equal to this one, if there is one. */
  remove(item: Item): void {
    const at = this.#chunkOf((other) => this.#compare(other, item) <= 0);
    const shared = this.#chunks[at]?.items ?? [];
    const place = bisect(shared.length, (index) => this.#isBefore(shared[index], item));
    const found = shared[place];
    if (found === undefined || this.#compare(found, item) !== 0) return;
    const items = this.#own(at);
    items.splice(place, 1);
    this.#length -= 1;
    if (items.length === 0) this.#chunks.splice(at, 1);
  }

  /**
   * How many items come first.
   *
   * @param comesFirst true for the items up to some place, false for all after it
   */
  count(comesFirst: (item: Item) => boolean): number {
    const at = this.#chunkOf(comesFirst);
    let count = 0;
    for (let index = 0; index < at; index += 1) count += this.#chunks[index]?.items.length ?? 0;
    const items = this.#chunks[at]?.items ?? [];
    return count + bisect(items.length, (index) => isTrueOf(items[index], comesFirst));
  }

  /** The items from one position to another, the latter not included. */
  slice(from: number, to: number): Item[] {
    const slice: Item[] = [];
    let start = 0;
    for (const { items } of this.#chunks) {
      if (start >= to) break;
      const end = start + items.length;
      if (end > from) slice.push(...items.slice(Math.max(0, from - start), to - start));
      start = end;
    }
    return slice;
  }

  /** An independent list of the same items. */
  fork(): SortedList<Item> {
    const fork = new SortedList(this.#compare);
    fork.#chunks = [...this.#chunks];
    fork.#length = this.#length;
    this.#owner = {};
    return fork;
  }

  /** The last chunk that begins with an item that comes first; -1 when none does. */
  #chunkOf(comesFirst: (item: Item) => boolean): number {
    const chunks = this.#chunks;
    return bisect(chunks.length, (index) => isTrueOf(chunks[index]?.items[0], comesFirst)) - 1;
  }

  #isBefore(one: Item | undefined, other: Item): boolean {
    return one !== undefined && this.#compare(one, other) < 0;
  }

  /** The items of a chunk, to be changed. */
  #own(at: number): Item[] {
    const chunk = this.#chunks[at];
    if (chunk?.owner === this.#owner) return chunk.items;
    const items = chunk ? [...chunk.items] : [];
    this.#chunks[at] = { owner: this.#owner, items };
    return items;
  }
}

interface Chunk<Item> {
  owner: object;
  items: Item[];
}

function isTrueOf<Item>(item: Item | undefined, test: (item: Item) => boolean): boolean {
  return item !== undefined && test(item);
}

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
