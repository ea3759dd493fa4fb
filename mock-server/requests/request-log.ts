import { matches, type RequestMatcher } from './matcher.ts';
import { nearMisses } from './near-misses.ts';
import { bytesOfExchange, keptBytes, type KeptExchange } from './kept-exchange.ts';
import type { RecordedRequest } from './request.ts';

/** What a search of the log found. */
export interface FoundRequests {
  count: number;
  /** Oldest first. */
  requests: RecordedRequest[];
  /** In words, what came close and why it does not count, the closest first. */
  near_misses: string[];
}

/** How many requests a world remembers unless told otherwise. */
export const defaultLogSize = 1000;

/** What a log may take, in bytes, roughly: as many requests with bodies as a person looks through. */
export const logBytes = 8 * 1024 * 1024;

/** A request that a log is to remember. Its members may be getters: they are read when somebody looks. */
export type NewRequest = Omit<RecordedRequest, 'number' | 'fault_kinds'> & {
  readonly fault_kinds?: string[] | undefined;
  /** About what it takes in memory, where that is known without reading it. */
  readonly size?: number;
};

/** One request as a log remembers it; it is put into words once somebody looks. */
export class Remembered {
  readonly number: number;
  readonly bytes: number;
  /** Headers and bodies; undefined once they are forgotten. */
  kept: KeptExchange | undefined;
  /** What is looked through for a text, once somebody did. */
  searched: string | undefined;
  #request: NewRequest | undefined;
  #entry: RecordedRequest | undefined;

  constructor(number: number, request: NewRequest, kept: KeptExchange | undefined) {
    this.number = number;
    this.bytes = request.size ?? sizeOf(request);
    this.kept = kept;
    this.#request = request;
  }

  get entry(): RecordedRequest {
    if (this.#request) {
      this.#entry = inWords(this.number, this.#request);
      this.#request = undefined;
    }
    if (!this.#entry) throw new Error('a request is either new or in words');
    return this.#entry;
  }
}

function inWords(number: number, request: NewRequest): RecordedRequest {
  const { at, operation, method, path, query, body, status, answer, milliseconds } = request;
  const { faults, fault_kinds, assumptions, tolerated } = request;
  return {
    number,
    at,
    operation,
    method,
    path,
    query,
    body,
    status,
    answer,
    milliseconds,
    faults,
    ...(fault_kinds && { fault_kinds }),
    assumptions,
    tolerated,
  };
}

/**
 * The requests that a world has seen, refused ones too. It remembers a bounded number of them, and of bytes: the oldest
 * make room, and the numbers go on. Headers and bodies, which take most, have a bound of their own and are forgotten earlier.
 */
export class RequestLog {
  readonly #size: number;
  readonly #maxBytes: number;
  #entries: Remembered[] = [];
  /** Where the oldest stands that is still remembered; what lies before it is cut off now and then. */
  #start = 0;
  #bytes = 0;
  #keptBytes = 0;
  #searchedBytes = 0;
  /** The number of the oldest whose headers and bodies are still there. */
  #keptFrom = 1;
  #count = 0;

  /**
   * @param size how many requests to remember; 0 remembers none
   * @param maxBytes what they may take; the newest is remembered in any case
   */
  constructor(size = defaultLogSize, maxBytes = logBytes) {
    this.#size = size;
    this.#maxBytes = maxBytes;
  }

  /** How many requests there were, remembered or not. */
  get count(): number {
    return this.#count;
  }

  /** What is remembered takes about so many bytes. */
  get bytes(): number {
    return this.#bytes + this.#keptBytes + this.#searchedBytes;
  }

  /** Remembers a request; it is given the next number. */
  add(request: NewRequest, kept?: KeptExchange): Remembered {
    this.#count += 1;
    const remembered = new Remembered(this.#count, request, kept);
    if (this.#size === 0) return remembered;
    this.#entries.push(remembered);
    this.#bytes += remembered.bytes;
    if (kept) this.#keptBytes += bytesOfExchange(kept);
    while (this.#keptBytes > keptBytes && this.#keptFrom < this.#count) this.#forgetOldestKept();
    while (this.#length > this.#size || (this.#bytes > this.#maxBytes && this.#length > 1))
      this.#forgetOldest();
    return remembered;
  }

  /** What is remembered, oldest first. */
  entries(): RecordedRequest[] {
    return this.#entries.slice(this.#start).map(({ entry }) => entry);
  }

  /** The same with headers and bodies, as far as they are still there. */
  remembered(): Remembered[] {
    return this.#entries.slice(this.#start);
  }

  /** One request by its number. */
  get(number: number): Remembered | undefined {
    return this.#entries[this.#start + number - this.#oldest];
  }

  /**
   * What is looked through for a text, written out once: to do it again with each letter that somebody types makes more garbage
   * than can be taken away meanwhile.
   */
  searchedText(remembered: Remembered, write: (remembered: Remembered) => string): string {
    const text = remembered.searched ?? write(remembered);
    // A search that takes long meets some that are forgotten by then.
    if (remembered.searched === undefined && this.get(remembered.number) === remembered) {
      remembered.searched = text;
      this.#searchedBytes += bytesOfText(text);
    }
    return text;
  }

  /** Finds the remembered requests that a matcher fits. */
  find(matcher: RequestMatcher): FoundRequests {
    const entries = this.entries();
    const requests = entries.filter((entry) => matches(matcher, entry));
    return { count: requests.length, requests, near_misses: nearMisses(matcher, entries) };
  }

  /** Forgets everything and counts from 1 again. */
  clear(): void {
    this.#entries = [];
    this.#start = 0;
    this.#bytes = 0;
    this.#keptBytes = 0;
    this.#searchedBytes = 0;
    this.#keptFrom = 1;
    this.#count = 0;
  }

  get #length(): number {
    return this.#entries.length - this.#start;
  }

  /** The number of the oldest that is remembered. */
  get #oldest(): number {
    return this.#count - this.#length + 1;
  }

  #forgetOldestKept(): void {
    const oldest = this.get(this.#keptFrom);
    if (oldest?.kept) this.#keptBytes -= bytesOfExchange(oldest.kept);
    if (oldest) oldest.kept = undefined;
    this.#forgetText(oldest);
    this.#keptFrom += 1;
  }

  #forgetText(remembered: Remembered | undefined): void {
    if (remembered?.searched === undefined) return;
    this.#searchedBytes -= bytesOfText(remembered.searched);
    remembered.searched = undefined;
  }

  #forgetOldest(): void {
    if (this.#keptFrom <= this.#oldest) this.#forgetOldestKept();
    const oldest = this.#entries[this.#start];
    this.#forgetText(oldest);
    this.#bytes -= oldest?.bytes ?? 0;
    this.#start += 1;
    if (this.#start <= this.#length) return;
    this.#entries = this.#entries.slice(this.#start);
    this.#start = 0;
  }
}

/** About what a text takes in memory at most. */
function bytesOfText({ length }: string): number {
  return 2 * length;
}

/** About what a request takes in memory. Most have neither a body nor an answer in the log. */
function sizeOf({ body, answer, query, path }: NewRequest): number {
  return sizeOfLetters(path.length + lengthOf(query) + lengthOf(body) + lengthOf(answer));
}

/** About what a request takes in memory whose parts have so many letters in all. */
export function sizeOfLetters(letters: number): number {
  return 600 + 2 * letters;
}

/** How many letters a value has as JSON. */
export function lengthOf(value: unknown): number {
  return value === null || value === undefined ? 0 : JSON.stringify(value).length;
}
