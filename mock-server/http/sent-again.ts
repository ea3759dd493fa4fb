import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Remembered } from '../requests/request-log.ts';
import type { RecordedRequest } from '../requests/request.ts';

/** The header by which the server knows a request that it sends itself. */
export const againHeader = 'x-mock-gem-again';

/** The requests that the server sends itself, until they stand in a log. */
export class SentAgain {
  readonly #waiting = new Map<string, (recorded: RecordedRequest) => void>();

  /** Announces a request. @returns what its header has to say, and what became of it */
  announce(): { name: string; recorded: Promise<RecordedRequest>; forget: () => void } {
    const name = randomUUID();
    const { promise, resolve } = Promise.withResolvers<RecordedRequest>();
    this.#waiting.set(name, resolve);
    return { name, recorded: promise, forget: () => this.#waiting.delete(name) };
  }

  /** Notes what became of a request, if it is one of them. */
  settle({ headers }: IncomingMessage, recorded: Remembered): void {
    if (this.#waiting.size === 0) return;
    const name = headers[againHeader];
    if (typeof name === 'string') this.#waiting.get(name)?.(recorded.entry);
  }
}
