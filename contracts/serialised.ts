/**
 * JSON that is already bytes, with the type it had before. A list page is put together from such pieces
 * instead of being serialised anew.
 */
export class Serialised<Value> {
  readonly bytes: Buffer;
  declare private readonly value: Value;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** Joins serialised values into one serialised JSON array. */
  static array<Value>(items: readonly Serialised<Value>[]): Serialised<Value[]> {
    const pieces: Buffer[] = [open];
    items.forEach((item, index) => {
      if (index > 0) pieces.push(comma);
      pieces.push(item.bytes);
    });
    pieces.push(close);
    return new Serialised(Buffer.concat(pieces));
  }
}

const open = Buffer.from('[');
const comma = Buffer.from(',');
const close = Buffer.from(']');
