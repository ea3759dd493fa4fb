import type { Measured } from './measure.ts';

/** What many integrations need, reckoned from what was measured. */
export interface Needs {
  integrations: number;
  /** Workers that are busy all day, each with as many syncs at once as was measured. */
  workers: number;
  gigabytes: number;
  transactionsPerSecond: number;
  candidatesPerSecond: number;
}

/** A full sync comes every ten hours, a delta three hours after the sync before it (kombo-unified-api §4.5). */
const [fullsPerDay, deltasPerDay] = [2.4, 5.6];
const secondsPerDay = 86_400;

/**
 * Reckons what so many integrations need that are as large as those that were measured. A delta is taken to last as long as that
 * of a small account: it reads only what has changed.
 *
 * @param measured the run with the fewest workers that came to its end
 */
export function reckon(
  measured: Measured,
  { accounts, syncsAtOnce }: { accounts: { count: number; candidates: number }; syncsAtOnce: number },
  integrations: number,
): Needs | undefined {
  const { seconds, workers, deltas, aloneSeconds, bytes, transactions } = measured;
  if (seconds === null) return undefined;
  const workerSecondsOfFull = (seconds * workers) / accounts.count;
  // It takes one of several places, and mostly waits for Gem.
  const workerSecondsOfDelta = (deltas?.median ?? aloneSeconds) / syncsAtOnce;
  const perDay = fullsPerDay * workerSecondsOfFull + deltasPerDay * workerSecondsOfDelta;
  const candidatesPerSecond = (integrations * fullsPerDay * accounts.candidates) / secondsPerDay;
  return {
    integrations,
    workers: (integrations * perDay) / secondsPerDay,
    gigabytes: (integrations * accounts.candidates * bytes) / 1e9,
    transactionsPerSecond: candidatesPerSecond * transactions,
    candidatesPerSecond,
  };
}
