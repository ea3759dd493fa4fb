import { setTimeout as wait } from 'node:timers/promises';

/** What a lull is told by and waits with. */
interface LullOptions {
  /** Milliseconds without anything that passes. */
  length?: number;
  now?: () => number;
  sleep?: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
}

/**
 * Lets work wait until nothing has passed for a moment, so that what passes does not wait for it. A call that Gem still works on
 * is no hindrance: then nothing passes either.
 */
export class Lull {
  readonly #length: number;
  readonly #now: () => number;
  readonly #sleep: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
  readonly #over = new AbortController();
  #last = Number.NEGATIVE_INFINITY;

  constructor({ length = 5, now = () => performance.now(), sleep = sleepUntilOver }: LullOptions = {}) {
    this.#length = length;
    this.#now = now;
    this.#sleep = sleep;
  }

  /** Something passes. */
  broken(): void {
    this.#last = this.#now();
  }

  /** Waits for a lull; for none once it is over. */
  async comes(): Promise<void> {
    for (;;) {
      const left = this.#last + this.#length - this.#now();
      if (left <= 0 || this.#over.signal.aborted) return;
      await this.#sleep(left, this.#over.signal);
    }
  }

  /** Nothing passes any more: whoever waits goes on. */
  end(): void {
    this.#over.abort();
  }
}

async function sleepUntilOver(milliseconds: number, signal: AbortSignal): Promise<void> {
  // Ended is as good as slept.
  await wait(milliseconds, undefined, { signal }).catch(() => undefined);
}
