import type { ControlSchemas } from '../../contracts/control.ts';
import { matches, type RequestMatcher } from './matcher.ts';
import { nearMisses } from './near-misses.ts';

/** One request to a world and what became of it. */
export type RecordedRequest = ControlSchemas['RecordedRequest'];

/** Is told of a request; `world` is undefined where its key opened none. */
export type OnRequest = (request: RecordedRequest, world: string | undefined) => void;

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

/**
 * The requests that a world has seen, refused ones too. It remembers a bounded number of them: the oldest make room,
 * and the numbers go on.
 */
export class RequestLog {
  readonly #size: number;
  #ring: RecordedRequest[] = [];
  #count = 0;

  /** @param size how many requests to remember; 0 remembers none */
  constructor(size = defaultLogSize) {
    this.#size = size;
  }

  /** How many requests there were, remembered or not. */
  get count(): number {
    return this.#count;
  }

  /** Remembers a request; it is given the next number. */
  add(request: Omit<RecordedRequest, 'number'>): RecordedRequest {
    const entry = { number: this.#count + 1, ...request };
    if (this.#size > 0) this.#ring[this.#count % this.#size] = entry;
    this.#count += 1;
    return entry;
  }

  /** What is remembered, oldest first. */
  entries(): RecordedRequest[] {
    const start = this.#count <= this.#size ? 0 : this.#count % this.#size;
    return [...this.#ring.slice(start), ...this.#ring.slice(0, start)];
  }

  /** Finds the remembered requests that a matcher fits. */
  find(matcher: RequestMatcher): FoundRequests {
    const entries = this.entries();
    const requests = entries.filter((entry) => matches(matcher, entry));
    return { count: requests.length, requests, near_misses: nearMisses(matcher, entries) };
  }

  /** Forgets everything and counts from 1 again. */
  clear(): void {
    this.#ring = [];
    this.#count = 0;
  }
}
