import { toInstant, withinCalendar, type Clock } from '../../contracts/clock.ts';
import type { ControlSchemas } from '../../contracts/control.ts';

/** How a clock stands, so that it can go on later or elsewhere. */
export type SavedClock = ControlSchemas['SavedClock'];

/** Beside the server's clock. */
export const besideTheServer: SavedClock = { state: 'running', ahead: 0 };

/**
 * The clock of one world. It runs beside the server's until it is set, advanced or frozen; then it keeps its own time.
 */
export class WorldClock implements Clock {
  readonly #source: Clock;
  /** Milliseconds ahead of the source while it runs. */
  #ahead = 0;
  #frozenAt: number | undefined;

  constructor(source: Clock) {
    this.#source = source;
  }

  now(): number {
    return this.#frozenAt ?? withinCalendar(this.#source.now() + this.#ahead);
  }

  get state(): 'running' | 'frozen' {
    return this.#frozenAt === undefined ? 'running' : 'frozen';
  }

  /** Stops the clock where it stands. */
  freeze(): void {
    this.#frozenAt = this.now();
  }

  /** Lets the clock run on from where it stands. */
  resume(): void {
    this.set(this.now());
    this.#frozenAt = undefined;
  }

  /** @param time milliseconds since 1970; a frozen clock stays frozen there, a running one goes on from there */
  set(time: number): void {
    this.#ahead = time - this.#source.now();
    if (this.#frozenAt !== undefined) this.#frozenAt = time;
  }

  /** How it stands: a frozen clock by what it shows, a running one by how far it is ahead of the server's. */
  saved(): SavedClock {
    return this.#frozenAt === undefined
      ? { state: 'running', ahead: this.#ahead }
      : { state: 'frozen', now: toInstant(this.#frozenAt) };
  }

  /** Stands as it was saved; one that was saved running with an instant goes on from there. */
  restore({ state, now, ahead = 0 }: SavedClock): void {
    this.#frozenAt = undefined;
    this.#ahead = ahead;
    // Frozen first: a clock that runs would be a little later by the time it is frozen.
    if (state === 'frozen') this.freeze();
    if (now !== undefined) this.set(Date.parse(now));
  }

  /** Shows another time for as long as some work takes, which has to be done when it returns. */
  during<Result>(time: number, work: () => Result): Result {
    const before = this.#frozenAt;
    this.#frozenAt = time;
    try {
      return work();
    } finally {
      this.#frozenAt = before;
    }
  }
}
