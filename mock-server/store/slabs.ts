import type { Part } from '../../contracts/server/serialised.ts';

/**
 * How large a slab is, in bytes. A slab is held as long as anything in it is, so a larger one would hold more that
 * is no longer needed; a smaller one would cut pages into more pieces.
 */
const size = 64 * 1024;

/**
 * Keeps JSON in few large buffers, one text behind the other: a buffer for each would take a third more memory.
 * Each text has a comma before it, so that those that lie in a row can be sent as a row of array items.
 */
export class Slabs {
  #slab = Buffer.alloc(0);
  #used = 0;

  /**
   * Keeps one text, given in pieces.
   *
   * @param isPassing whether it is likely to be forgotten soon: then it gets a buffer of its own, which goes with it
   * @returns where each piece lies
   */
  save(pieces: readonly string[], isPassing: boolean): Part[] {
    const length = pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece), 1);
    if (isPassing || length > size) return fill(Buffer.allocUnsafeSlow(length), 0, pieces);
    if (this.#used + length > this.#slab.length) {
      this.#slab = Buffer.allocUnsafeSlow(size);
      this.#used = 0;
    }
    const parts = fill(this.#slab, this.#used, pieces);
    this.#used += length;
    return parts;
  }
}

/** Writes a comma, then pieces of text, and tells where each of them lies. */
function fill(bytes: Buffer, from: number, pieces: readonly string[]): Part[] {
  let at = from + bytes.write(',', from);
  return pieces.map((piece, index) => {
    const start = at;
    at += bytes.write(piece, start);
    return { bytes, start, end: at, isBehindComma: index === 0 };
  });
}
