/** How many buffers are kept: about as many as there are answers on their way at once. */
const maxBuffers = 16;

/** What a buffer is rounded up to, in bytes, so that the next answer is likely to fit. */
const step = 64 * 1024;

/** Bytes of the largest buffer that is kept: what is rare is not worth holding on to. */
const maxBufferSize = 8 * 1024 * 1024;

/**
 * Buffers that answers are put together in. A list page takes more than a hundred kilobytes; thousands of them a
 * second would be left to the garbage collector, and the process would hold hundreds of megabytes of them.
 */
export class SpareBuffers {
  readonly #spare: Buffer[] = [];

  /** A buffer with room for so many bytes. It is the caller's until it is given back. */
  take(length: number): Buffer {
    const index = this.#spare.findIndex((buffer) => buffer.length >= length);
    const [spare] = index < 0 ? [] : this.#spare.splice(index, 1);
    return spare ?? Buffer.allocUnsafeSlow(Math.ceil(length / step) * step);
  }

  /** Keeps a buffer for the next caller. It must not be read any more. */
  give(buffer: Buffer): void {
    if (buffer.length > maxBufferSize) return;
    if (this.#spare.length >= maxBuffers) this.#spare.shift();
    this.#spare.push(buffer);
  }
}
