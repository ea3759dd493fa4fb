/** JSON, or a piece of it, that lies in a larger buffer. */
export interface Part {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  /** Whether the byte before it is a comma. */
  readonly isBehindComma: boolean;
}

/**
 * JSON that is already bytes, with the type it had before. A list page is put together from such pieces
 * instead of being serialised anew.
 */
export class Serialised<Value> {
  readonly #parts: readonly Part[];
  declare private readonly value: Value;

  /** @param pieces the JSON, whole or in pieces that follow one another; their list is not copied */
  constructor(pieces: Buffer | Part | readonly Part[]) {
    this.#parts = isWhole(pieces) ? [toPart(pieces)] : pieces;
  }

  /**
   * Joins serialised values into one serialised JSON array. Values that lie side by side in one buffer, each behind
   * a comma, are taken as one piece: a page whose records lie in this order has only a few to copy.
   */
  static array<Value>(items: Iterable<Serialised<Value> | Part>): Serialised<Value[]> {
    const parts: Part[] = [openAlone];
    // The piece that grows as long as what follows lies right behind it.
    let { bytes, start, end } = openAlone;
    const add = (part: Part, needsComma: boolean) => {
      const from = needsComma && part.isBehindComma ? part.start - 1 : part.start;
      if (bytes !== part.bytes || from !== end) {
        if (bytes !== openAlone.bytes) parts.push({ bytes, start, end, isBehindComma: false });
        if (needsComma && !part.isBehindComma) parts.push(commaAlone);
        bytes = part.bytes;
        start = from;
      }
      end = part.end;
    };
    let isFirst = true;
    for (const item of items) {
      if (item instanceof Serialised) {
        let needsComma = !isFirst;
        for (const part of item.#parts) {
          add(part, needsComma);
          needsComma = false;
        }
      } else {
        add(item, !isFirst);
      }
      isFirst = false;
    }
    if (bytes !== openAlone.bytes) parts.push({ bytes, start, end, isBehindComma: false });
    parts.push(closeAlone);
    return new Serialised<Value[]>(parts);
  }

  get byteLength(): number {
    let length = 0;
    for (const { start, end } of this.#parts) length += end - start;
    return length;
  }

  /** Its first bytes, without copying any; they may end within a letter. */
  beginning(length: number): Serialised<unknown> {
    const parts: Part[] = [];
    let left = length;
    for (const part of this.#parts) {
      if (left <= 0) break;
      parts.push({ ...part, end: Math.min(part.end, part.start + left) });
      left -= part.end - part.start;
    }
    return new Serialised<unknown>(parts);
  }

  get bytes(): Buffer {
    const [first, ...others] = this.#parts;
    if (first && others.length === 0) return first.bytes.subarray(first.start, first.end);
    const bytes = Buffer.allocUnsafe(this.byteLength);
    this.copyTo(bytes);
    return bytes;
  }

  /** Writes all of the bytes to the beginning of a buffer that has room for them. */
  copyTo(target: Buffer): void {
    let at = 0;
    for (const { bytes, start, end } of this.#parts) {
      // Many pieces are single commas, and a call for each costs more than the byte.
      if (end - start === 1) target[at] = bytes[start] ?? 0;
      else bytes.copy(target, at, start, end);
      at += end - start;
    }
  }
}

function isWhole(pieces: Buffer | Part | readonly Part[]): pieces is Buffer | Part {
  return !Array.isArray(pieces);
}

/** Bytes as a piece of JSON: all of them. */
export function toPart(piece: Buffer | Part): Part {
  return Buffer.isBuffer(piece) ? { bytes: piece, start: 0, end: piece.length, isBehindComma: false } : piece;
}

const commaAlone = toPart(Buffer.from(','));
const openAlone = toPart(Buffer.from('['));
const closeAlone = toPart(Buffer.from(']'));
