import type { Clock } from '../../contracts/clock.ts';

/** How many requests came of late: counted by slots of a few seconds, so that it takes no memory however many there are. */
export class RequestRate {
  readonly #clock: Clock;
  readonly #counts = Array.from({ length: slots }, () => 0);
  #slot = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts a request. */
  count(): void {
    this.#moveOn();
    const at = this.#slot % slots;
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
  }

  /** Forgets them all. */
  clear(): void {
    this.#counts.fill(0);
  }

  /** How many came in the minute that ends now, or in a few seconds less. */
  lastMinute(): number {
    this.#moveOn();
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  /** Empties the slots that are over. */
  #moveOn(): void {
    const slot = Math.floor(this.#clock.now() / slotLength);
    if (slot === this.#slot) return;
    const over = Math.abs(slot - this.#slot) >= slots ? slots : slot - this.#slot;
    for (let step = 1; step <= over; step += 1) this.#counts[(this.#slot + step) % slots] = 0;
    this.#slot = slot;
  }
}

/** Milliseconds. */
const slotLength = 5000;

/** A minute has so many. */
const slots = 12;
