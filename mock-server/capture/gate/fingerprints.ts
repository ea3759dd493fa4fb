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
 * Fingerprints of originals with their kinds: there are millions of them in a large account, so each takes eight bytes of a
 * typed array. It holds no word, and without the salt no word can be held against it.
 */
export class Fingerprints {
  readonly #keys: Keys;
  /** One bit for each of many texts: most of what an output says was never learnt, and need not be hashed. */
  readonly #sieve = new Uint8Array(2 ** 22);
  /** By the first letters of a fingerprint, so that only one of many is ever copied while it grows. */
  readonly #parts = Array.from({ length: 256 }, () => new Part());
  /** What was added since `changes`: four numbers for each. */
  #added: number[] = [];

  constructor(keys: Keys) {
    this.#keys = keys;
  }

  /** Adds a normalised text, or a kind to one. */
  add(text: string, kind: number): void {
    const [high, low] = halves(this.#keys.digest('gate', text));
    const place = placeOf(text);
    if (this.#put(high, low, kind, place)) this.#added.push(high, low, kind, place);
  }

  /** The kinds of a normalised text; 0 where it is unknown. */
  kindsOf(text: string): number {
    const place = placeOf(text);
    if (((this.#sieve[place >>> 3] ?? 0) & (1 << (place & 7))) === 0) return 0;
    const [high, low] = halves(this.#keys.digest('gate', text));
    return this.#parts[high >>> 24]?.kindsOf(high, low) ?? 0;
  }

  /** @returns whether anything of it is new */
  #put(high: number, low: number, kind: number, place: number): boolean {
    this.#sieve[place >>> 3] = (this.#sieve[place >>> 3] ?? 0) | (1 << (place & 7));
    return this.#parts[high >>> 24]?.put(high, low, kind) ?? false;
  }

  /** What was added since the last time; undefined where that is nothing. */
  changes(): Uint8Array | undefined {
    if (this.#added.length === 0) return undefined;
    const bytes = new Uint8Array(Uint32Array.from(this.#added).buffer);
    this.#added = [];
    return bytes;
  }

  restore(changes: Uint8Array): void {
    const numbers = new Uint32Array(Uint8Array.from(changes).buffer);
    for (let at = 0; at + 3 < numbers.length; at += 4) {
      this.#put(numbers[at] ?? 0, numbers[at + 1] ?? 0, numbers[at + 2] ?? 0, numbers[at + 3] ?? 0);
    }
  }
}

/**
 * Fingerprints that begin with the same letters, in slots of two numbers: the one has 32 bits of the fingerprint, the other 21
 * more and the kinds. Those and the first letters are 61 bits: enough that no word is taken for another one.
 */
class Part {
  #slots = new Uint32Array(2 * 16);
  #size = 0;

  kindsOf(high: number, low: number): number {
    return (this.#slots[this.#slotOf(high, low) + 1] ?? 0) & allKinds;
  }

  /** @returns whether anything of it is new */
  put(high: number, low: number, kind: number): boolean {
    const slot = this.#slotOf(high, low);
    const known = (this.#slots[slot + 1] ?? 0) & allKinds;
    if ((known & kind) === kind) return false;
    this.#slots[slot] = firstOf(high, low);
    this.#slots[slot + 1] = restOf(low) | known | kind;
    if (known === 0) this.#size += 1;
    if (this.#size * 8 >= this.#slots.length * 3) this.#grow();
    return true;
  }

  /** Where it stands, or would stand: a slot without kinds is free. */
  #slotOf(high: number, low: number): number {
    return slotOf(this.#slots, firstOf(high, low), restOf(low));
  }

  /** By a quarter: what stands empty is memory too. */
  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(2 * Math.ceil(old.length * 0.625));
    for (let at = 0; at < old.length; at += 2) {
      const [first = 0, rest = 0] = [old[at], old[at + 1]];
      if ((rest & allKinds) === 0) continue;
      const slot = slotOf(this.#slots, first, (rest & ~allKinds) >>> 0);
      this.#slots[slot] = first;
      this.#slots[slot + 1] = rest;
    }
  }
}

const kindBits = Object.keys(kinds).length;
const allKinds = 2 ** kindBits - 1;

/** The 24 bits that a part has not said, and the 8 that come after them. */
function firstOf(high: number, low: number): number {
  return ((high << 8) | (low >>> 24)) >>> 0;
}

function restOf(low: number): number {
  return (low << kindBits) >>> 0;
}

function slotOf(slots: Uint32Array, first: number, rest: number): number {
  let slot = 2 * Math.floor((first / 2 ** 32) * (slots.length / 2));
  for (;;) {
    const there = slots[slot + 1] ?? 0;
    if ((there & allKinds) === 0 || (slots[slot] === first && (there & ~allKinds) >>> 0 === rest))
      return slot;
    slot = slot + 2 < slots.length ? slot + 2 : 0;
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
