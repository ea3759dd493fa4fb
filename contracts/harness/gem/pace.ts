/** Where a caller waits and what tells it the time. */
export interface Time {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** Resolves after so many milliseconds. */
  sleep(milliseconds: number): Promise<void>;
}

/**
 * Keeps a caller below a rate: a small bucket of permits that refills evenly.
 *
 * @param perSecond how many permits a second adds, and how many the bucket holds
 * @returns waits until a request may be sent
 */
export function createPace(perSecond: number, { now, sleep }: Time): () => Promise<void> {
  const capacity = Math.max(1, perSecond);
  let permits = capacity;
  let filledAt = now();

  const refill = (): number => {
    const time = now();
    permits = Math.min(capacity, permits + (Math.max(0, time - filledAt) / 1000) * perSecond);
    filledAt = time;
    return permits;
  };

  return async () => {
    while (refill() < 1) await sleep(Math.max(1, Math.ceil(((1 - permits) / perSecond) * 1000)));
    permits -= 1;
  };
}
