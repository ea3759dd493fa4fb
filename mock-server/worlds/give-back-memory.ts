import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Records } from '../../seeds/index.ts';

/**
 * Hands memory back to the machine. Making up a large world leaves as much garbage as it leaves records, and V8 keeps
 * the room for both; nothing that follows needs it again.
 *
 * @param records what was made: of fewer than some ten thousand, the pause costs more than the room is worth
 */
export function giveBackMemory(records: Records): void {
  const count = Object.values(records).reduce((sum, { length }) => sum + length, 0);
  if (count < worthwhile) return;
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  // Only the last resort makes the young generation small again.
  if (typeof collect === 'function') collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  keepYoungSmall();
}

const worthwhile = 50_000;

/**
 * Lets the young generation grow to a bound and no further. Left alone, V8 lets it grow to over 100 MB under load, beside records that
 * never move; held at its smallest, it is collected hundreds of times a second, which takes a third of the time for requests.
 */
function keepYoungSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=2');
  const observer = new PerformanceObserver(() => {
    const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
    if (young && young.space_size < largestYoung) return;
    setFlagsFromString('--semi-space-growth-factor=1');
    observer.disconnect();
  });
  observer.observe({ entryTypes: ['gc'] });
}

/** Bytes of both of its halves. */
const largestYoung = 16 * 1024 * 1024;
