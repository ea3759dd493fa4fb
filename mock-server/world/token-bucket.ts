import type { Clock } from '../../contracts/clock.ts';

/**
 * The gateway's rate limit: a bucket that holds `burst` requests and refills at `per_second` (gem-ats-api §1.4).
 * It runs on the world's clock, which no rate-limiting library takes.
 */
export class TokenBucket {
  readonly #clock: Clock;
  readonly #perSecond: number;
  readonly #burst: number;
  #tokens: number;
  #filledAt: number;

  constructor(clock: Clock, { per_second, burst }: { per_second: number; burst: number }) {
    this.#clock = clock;
    this.#perSecond = per_second;
    this.#burst = burst;
    this.#tokens = burst;
    this.#filledAt = clock.now();
  }

  /** Takes one request's worth; false when the bucket is empty. */
  take(): boolean {
    const now = this.#clock.now();
    const refilled = this.#tokens + (Math.max(0, now - this.#filledAt) / 1000) * this.#perSecond;
    this.#tokens = Math.min(this.#burst, refilled);
    this.#filledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
