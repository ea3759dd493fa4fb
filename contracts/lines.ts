/**
 * Takes a text that comes in pieces apart at its line breaks. Node's own reader of lines breaks them at U+2028 and U+2029 as well,
 * which stand in JSON as they are, and cuts a record in two there.
 */
export class Lines {
  readonly #decoder = new TextDecoder();
  #begun: string[] = [];

  /** The lines that end in a piece of UTF-8, without their ends. */
  *push(piece: Uint8Array | string): Generator<string> {
    const text = typeof piece === 'string' ? piece : this.#decoder.decode(piece, { stream: true });
    const ended = text.split('\n');
    const rest = ended.pop() ?? '';
    for (const line of ended) {
      this.#begun.push(line);
      yield this.#take();
    }
    if (rest !== '') this.#begun.push(rest);
  }

  /** The last line, where it has no end. */
  *end(): Generator<string> {
    if (this.#begun.length > 0) yield this.#take();
  }

  #take(): string {
    const line = this.#begun.join('');
    this.#begun = [];
    return line.endsWith('\r') ? line.slice(0, -1) : line;
  }
}

/** The lines of all pieces, as {@link Lines} takes them apart. Nothing is read before somebody asks for it. */
export async function* linesOf(pieces: AsyncIterable<Uint8Array | string>): AsyncGenerator<string> {
  const lines = new Lines();
  for await (const piece of pieces) yield* lines.push(piece);
  yield* lines.end();
}
