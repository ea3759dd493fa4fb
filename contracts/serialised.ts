/**
 * JSON that is already bytes, with the type it had before. A list page is put together from such pieces
 * instead of being serialised anew.
 */
export class Serialised<Value> {
  readonly #pieces: readonly Buffer[];
  declare private readonly value: Value;

  /** @param pieces the JSON, whole or in pieces that follow one another */
  constructor(pieces: Buffer | Buffer[]) {
    this.#pieces = Array.isArray(pieces) ? pieces : [pieces];
  }

  /** Joins serialised values into one serialised JSON array. */
  static array<Value>(items: readonly Serialised<Value>[]): Serialised<Value[]> {
    const pieces: Buffer[] = [];
    for (const item of items) pieces.push(pieces.length === 0 ? open : comma, ...item.#pieces);
    if (items.length === 0) pieces.push(open);
    pieces.push(close);
    return new Serialised(pieces);
  }

  get byteLength(): number {
    let length = 0;
    for (const piece of this.#pieces) length += piece.length;
    return length;
  }

  get bytes(): Buffer {
    const [first, second] = this.#pieces;
    return first && !second ? first : Buffer.concat(this.#pieces);
  }

  /** Writes all of the bytes to the beginning of a buffer that has room for them. */
  copyTo(target: Buffer): void {
    let at = 0;
    for (const piece of this.#pieces) {
      // Half of a page's pieces are single commas, and a call for each is dearer than the byte.
      if (piece.length === 1) target[at] = piece[0] ?? 0;
      else piece.copy(target, at);
      at += piece.length;
    }
  }
}

const open = Buffer.from('[');
const comma = Buffer.from(',');
const close = Buffer.from(']');
