import type { Measured } from './measure.ts';

/** What many integrations need, reckoned from what was measured. */
export interface Needs {
  integrations: number;
  /** Workers that are busy all day, by their places or by their processor, whatever is more. */
  workers: number;
  gigabytes: number;
  transactionsPerSecond: number;
  candidatesPerSecond: number;
}

/** A full sync comes every ten hours, a delta three hours after the sync before it (kombo-unified-api §4.5). */
const [fullsPerDay, deltasPerDay] = [2.4, 5.6];
const secondsPerDay = 86_400;

/** Accounts that a worker reads at once, unless it is told otherwise. */
export const placesOfWorker = 4;

/**
 * Reckons what so many integrations need that are as large as those that were measured: places in which syncs wait for Gem, and
 * processors that they use. A delta is taken to last as long as that of a small account: it reads only what has changed.
 *
 * @param measured the run with the fewest workers
 */
export function reckon(
  measured: Measured,
  { accounts, syncsAtOnce }: { accounts: { count: number; candidates: number }; syncsAtOnce: number },
  integrations: number,
): Needs {
  const { candidatesPerSecond: measuredSpeed, workers, deltas, aloneSeconds, bytes, transactions } = measured;
  const secondsOfFull = (accounts.candidates * workers * syncsAtOnce) / measuredSpeed;
  const perDay = fullsPerDay * secondsOfFull + deltasPerDay * (deltas?.median ?? aloneSeconds);
  const places = (integrations * perDay) / secondsPerDay;
  const candidatesPerSecond = (integrations * fullsPerDay * accounts.candidates) / secondsPerDay;
  const processors = candidatesPerSecond * (measured.processorPerCandidate ?? 0);
  return {
    integrations,
    workers: Math.max(places / placesOfWorker, processors),
    gigabytes: (integrations * accounts.candidates * bytes) / 1e9,
    transactionsPerSecond: candidatesPerSecond * transactions,
    candidatesPerSecond,
  };
}
