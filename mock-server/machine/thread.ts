// Work in a thread of its own, while others are answered. What comes of it is handed over in pieces, each of which is taken
// in within a few milliseconds, and the next one only after the last: all that wait would be taken in at one go.
import { once } from 'node:events';
import { getPriority, setPriority } from 'node:os';
import { setImmediate } from 'node:timers';
import { parentPort, Worker, type MessagePort } from 'node:worker_threads';
import { breathe } from './slices.ts';

/** A thread takes more memory than it may. */
export class OutOfMemory extends Error {}

/** A thread told why it cannot do its work. The form of the refusal belongs to the work. */
export class RefusedApart extends Error {
  readonly refusal: unknown;

  constructor(refusal: unknown) {
    super('the work was refused');
    this.refusal = refusal;
  }
}

type Message = Piece | { refusal: unknown } | 'done';

/** Members of a list or an object, and where in the whole they belong. Without members it is a place for others. */
type Piece =
  | { path: readonly (string | number)[]; items: unknown[] }
  | { path: readonly (string | number)[]; members: [string, unknown][] }
  | { whole: unknown };

/** Members of one piece. */
const pieceSize = 50;

/** How deep large lists and objects are taken apart. */
const deepest = 4;

/**
 * Has some work done in a thread of its own.
 *
 * @param module the file that does it, with {@link workApart}
 * @param order what it is told
 * @param megabytes what it may hold, beside texts and bytes; left out, as much as this process
 * @param send sends bytes after the order, for {@link sentBytes}; where it fails, the thread is ended
 * @returns what comes of it, which is JSON
 * @throws RefusedApart, OutOfMemory, and what `send` throws
 */
export function orderApart(
  module: URL,
  order: object,
  { megabytes, send }: { megabytes?: number; send?: SendBytes } = {},
): Promise<unknown> {
  const worker = new Worker(module, {
    workerData: order,
    execArgv: [],
    ...(megabytes !== undefined && { resourceLimits: { maxOldGenerationSizeMb: megabytes } }),
  });
  let whole: unknown;
  return new Promise((resolve, reject) => {
    worker.on('message', (message: Message) => {
      if (message === 'done') return resolve(whole);
      if ('refusal' in message) return reject(new RefusedApart(message.refusal));
      if ('whole' in message) whole = message.whole;
      else putInto(whole, message);
      void breathe().then(() => worker.postMessage('taken', []));
    });
    worker.on('error', (error) => {
      const isMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      reject(isMemory ? new OutOfMemory('a thread ran out of memory', { cause: error }) : error);
    });
    worker.on('exit', () => reject(new Error('a thread ended before its work was done')));
    void send?.(sender(worker)).then(
      () => void setImmediate(() => worker.postMessage('sent', [])),
      (error: unknown) => {
        reject(error as Error);
        void worker.terminate();
      },
    );
  });
}

/** Gives bytes to a thread piece by piece, until the promise is kept. A piece that was given must not be used again. */
export type SendBytes = (give: (piece: Buffer) => void) => Promise<void>;

/** Bytes that wait here until all have come make this thread collect its whole memory again and again. */
function sender(worker: Worker): (piece: Buffer) => void {
  return (piece) => {
    // What reads a request may hold on to the piece until its turn is over.
    setImmediate(() => {
      const isWhole = piece.byteLength === piece.buffer.byteLength;
      const bytes = isWhole ? piece.buffer : Uint8Array.from(piece).buffer;
      worker.postMessage(bytes, [bytes as ArrayBuffer]);
    });
  };
}

/** In a thread: all the bytes that were sent after the order. */
export function sentBytes(): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const port = ownPort();
  return new Promise((resolve) => {
    port.on('message', function listen(sent: ArrayBuffer | 'sent') {
      if (sent !== 'sent') return void pieces.push(Buffer.from(sent));
      port.off('message', listen);
      resolve(Buffer.concat(pieces));
    });
  });
}

function ownPort(): MessagePort {
  if (!parentPort) throw new Error('this is no thread of its own');
  return parentPort;
}

/**
 * Does the work of this thread and hands over what comes of it.
 *
 * @param refusalOf what to tell of an error; undefined where it is a defect, which is thrown
 */
export async function workApart(
  work: () => unknown,
  refusalOf: (error: unknown) => object | undefined,
): Promise<void> {
  const port = ownPort();
  // Requests go first, and yet a busy machine gets this done. Only Linux gives threads a priority of their own.
  if (process.platform === 'linux') setPriority(Math.max(getPriority(), 10));
  try {
    const value = await work();
    for (const piece of piecesOf(value)) {
      port.postMessage(piece);
      await once(port, 'message');
    }
    port.postMessage('done');
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    port.postMessage({ refusal });
  } finally {
    port.close();
  }
}

/** First the whole without what is large in it, then that. */
function* piecesOf(value: unknown): Generator<Piece, void> {
  const large: { path: (string | number)[]; value: object }[] = [];
  yield { whole: withoutLarge(value, []) };
  for (const { path, value: container } of large) {
    const all: unknown[] = Array.isArray(container) ? container : Object.entries(container);
    for (let first = 0; first < all.length; first += pieceSize) {
      const some = all.slice(first, first + pieceSize);
      yield Array.isArray(container) ? { path, items: some } : { path, members: some as [string, unknown][] };
    }
  }

  function withoutLarge(part: unknown, path: (string | number)[]): unknown {
    if (typeof part !== 'object' || part === null || path.length > deepest) return part;
    const size = Array.isArray(part) ? part.length : Object.keys(part).length;
    if (size > pieceSize) {
      large.push({ path, value: part });
      return Array.isArray(part) ? [] : {};
    }
    if (Array.isArray(part)) return part.map((item, index) => withoutLarge(item, [...path, index]));
    return Object.fromEntries(
      Object.entries(part).map(([name, item]) => [name, withoutLarge(item, [...path, name])]),
    );
  }
}

function putInto(whole: unknown, piece: Exclude<Piece, { whole: unknown }>): void {
  const place = piece.path.reduce<unknown>((part, key) => Reflect.get(part as object, key), whole);
  if ('items' in piece) (place as unknown[]).push(...piece.items);
  // Not assigned: a member may be called `__proto__`.
  else for (const [name, value] of piece.members) defineMember(place as object, name, value);
}

function defineMember(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}
