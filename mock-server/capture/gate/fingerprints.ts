import type { Keys } from '../keys.ts';

/** What is known of an original: each kind is one bit, so that one look-up answers for all kinds. */
export const kinds = {
  word: 1,
  fullName: 2,
  email: 4,
  phone: 8,
  handle: 16,
  id: 32,
  link: 64,
  token: 128,
  text: 256,
  value: 512,
  encodedName: 1024,
} as const;

/**
 * Fingerprints of originals with their kinds: ten bytes each, in typed arrays, because there are millions of them in a large
 * account. It holds no word, and without the salt no word can be held against it.
 */
export class Fingerprints {
  readonly #keys: Keys;
  /** One bit for each of many texts, in memory alone: most of what an output says was never learnt, and need not be hashed. */
  readonly #sieve = new Uint8Array(2 ** 22);
  /** Whether the sieve has seen all: it is not kept, so it knows nothing of what was restored. */
  #isSieveWhole = true;
  #high = new Uint32Array(1024);
  #low = new Uint32Array(1024);
  #kinds = new Uint16Array(1024);
  #size = 0;
  /** What was added since `changes`: three numbers for each. */
  #added: number[] = [];

  constructor(keys: Keys) {
    this.#keys = keys;
  }

  /** Adds a normalised text, or a kind to one. */
  add(text: string, kind: number): void {
    const place = placeOf(text);
    this.#sieve[place >>> 3] = (this.#sieve[place >>> 3] ?? 0) | (1 << (place & 7));
    const [high, low] = halves(this.#keys.digest('gate', text));
    this.#put(high, low, kind, true);
  }

  /** The kinds of a normalised text; 0 where it is unknown. */
  kindsOf(text: string): number {
    const place = placeOf(text);
    if (this.#isSieveWhole && ((this.#sieve[place >>> 3] ?? 0) & (1 << (place & 7))) === 0) return 0;
    const [high, low] = halves(this.#keys.digest('gate', text));
    return this.#kinds[this.#slotOf(high, low)] ?? 0;
  }

  #put(high: number, low: number, kind: number, isNew: boolean): void {
    if (this.#size * 2 >= this.#kinds.length) this.#grow();
    const slot = this.#slotOf(high, low);
    const known = this.#kinds[slot] ?? 0;
    if ((known & kind) === kind) return;
    if (known === 0) this.#size += 1;
    this.#high[slot] = high;
    this.#low[slot] = low;
    this.#kinds[slot] = known | kind;
    if (isNew) this.#added.push(high, low, kind);
  }

  /** Where it stands, or would stand: a slot without kinds is free. */
  #slotOf(high: number, low: number): number {
    const mask = this.#kinds.length - 1;
    let slot = low & mask;
    while (this.#kinds[slot] !== 0 && (this.#low[slot] !== low || this.#high[slot] !== high))
      slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [high, low, old] = [this.#high, this.#low, this.#kinds];
    this.#high = new Uint32Array(old.length * 2);
    this.#low = new Uint32Array(old.length * 2);
    this.#kinds = new Uint16Array(old.length * 2);
    this.#size = 0;
    for (const [slot, kind] of old.entries()) {
      if (kind !== 0) this.#put(high[slot] ?? 0, low[slot] ?? 0, kind, false);
    }
  }

  /** What was added since the last time; undefined where that is nothing. */
  changes(): Uint8Array | undefined {
    if (this.#added.length === 0) return undefined;
    const bytes = new Uint8Array(Uint32Array.from(this.#added).buffer);
    this.#added = [];
    return bytes;
  }

  restore(changes: Uint8Array): void {
    this.#isSieveWhole = false;
    const numbers = new Uint32Array(Uint8Array.from(changes).buffer);
    for (let place = 0; place + 2 < numbers.length; place += 3) {
      this.#put(numbers[place] ?? 0, numbers[place + 1] ?? 0, numbers[place + 2] ?? 0, false);
    }
  }
}

/** FNV-1a, for the sieve. */
function placeOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let place = 0; place < text.length; place += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193);
  }
  return (hash ^ (hash >>> 15)) & (2 ** 25 - 1);
}

function halves(digest: string): [number, number] {
  return [Number.parseInt(digest.slice(0, 8), 16), Number.parseInt(digest.slice(8, 16), 16)];
}
