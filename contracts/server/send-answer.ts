import type { ServerResponse } from 'node:http';
import { Serialised } from './serialised.ts';

/** An answer in general, as a server's translation of an error gives it. */
export interface AnyAnswer {
  /** 0 where nothing is answered; then `deliver` says what happens in its place. */
  status: number;
  /** Any value goes out as JSON; a Buffer goes out as it is, and `headers` name its type. */
  body: unknown;
  headers?: Record<string, string>;
  /** Sends it in a way of its own: cut short, or not at all. */
  deliver?: (response: ServerResponse, headers: Record<string, string>) => void;
}

/** Sends an answer, as JSON unless it says otherwise; one without a body has neither type nor length. */
export function sendAnswer(
  response: ServerResponse,
  answer: AnyAnswer,
  headers?: Record<string, string>,
): void {
  const { body } = answer;
  if (body === undefined) {
    response.writeHead(answer.status, eachOnce(headers, answer.headers)).end();
    return;
  }
  if (Buffer.isBuffer(body)) {
    response.writeHead(answer.status, headersOf(answer, body.length, headers)).end(body);
    return;
  }
  const serialised = body instanceof Serialised ? body : new Serialised(Buffer.from(JSON.stringify(body)));
  const length = serialised.byteLength;
  response.writeHead(answer.status, headersOf(answer, length, headers));
  if (length <= smallest) {
    // Node sends a text together with the headers, and bytes in a write of their own. In latin1 each byte is a letter.
    response.end(serialised.bytes.toString('latin1'), 'latin1');
    return;
  }
  const buffer = spareBuffers.take(length);
  serialised.copyTo(buffer);
  // It is free again once the answer has left; one that never leaves keeps its buffer.
  response.end(buffer.subarray(0, length), () => spareBuffers.give(buffer));
}

/** The headers of an answer with a body of so many bytes. */
export function headersOf(
  answer: AnyAnswer,
  length: number,
  headers?: Record<string, string>,
): Record<string, string | number> {
  const defaults = { 'Content-Type': 'application/json', 'Content-Length': length };
  return answer.headers ? eachOnce(defaults, headers, answer.headers) : { ...defaults, ...headers };
}

/** Headers that stand in place of those before them, in whatever case their names are written (RFC 9110 §5.1). */
function eachOnce(
  ...layers: (Readonly<Record<string, string | number>> | undefined)[]
): Record<string, string | number> {
  const spelt = new Map<string, [string, string | number]>();
  let count = 0;
  for (const layer of layers) {
    for (const name in layer) {
      count += 1;
      spelt.set(name.toLowerCase(), [name, layer[name] ?? '']);
    }
  }
  // Hardly ever does one take the place of another.
  return spelt.size === count ? Object.assign({}, ...layers) : Object.fromEntries(spelt.values());
}

/** The body of an answer as it goes out; undefined where there is none. */
export function bytesOf({ body }: AnyAnswer): Buffer | undefined {
  if (body === undefined || Buffer.isBuffer(body)) return body;
  return body instanceof Serialised ? body.bytes : Buffer.from(JSON.stringify(body));
}

/** Bytes of an answer that is not worth a buffer of its own: the garbage collector takes those easily. */
const smallest = 16 * 1024;

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
class SpareBuffers {
  readonly #spare: Buffer[] = [];

  /** A buffer with room for so many bytes. It is the caller's until it is given back. */
  take(length: number): Buffer {
    // The last one that came back is still in the cache of the processor.
    const index = this.#spare.findLastIndex((buffer) => buffer.length >= length);
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

const spareBuffers = new SpareBuffers();
