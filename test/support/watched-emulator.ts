// A process of its own: an emulator that watches how long its event loop is kept.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setInterval } from 'node:timers';
import { startMockGem } from '../../mock-server/server.ts';

/** What the parent is told once the emulator listens. */
export interface Started {
  url: string;
}

/** The answer to any message: what was seen since the last one. */
export interface Watched {
  /** Milliseconds that the loop was late, at most and by the 99th percentile of looks at it, one each millisecond. */
  longestDelay: number;
  delay99: number;
  /** Milliseconds of processor time that its main thread took in one go, at most: however busy the machine is. */
  longestWork: number;
  /** What the process takes now, in MiB. */
  residentMiB: number;
}

const gem = await startMockGem({
  port: 0,
  switches: { rate_limit: 'off' },
  snapshots: process.argv[2] ?? '',
});
const delays = monitorEventLoopDelay({ resolution: 1 });
delays.enable();
let longestWork = 0;
let worked = processorTime();
// Between two ticks lies all that kept the loop from the second one.
setInterval(() => {
  const now = processorTime();
  longestWork = Math.max(longestWork, now - worked);
  worked = now;
}, 1);
process.on('message', () => {
  const watched: Watched = {
    longestDelay: delays.max / 1e6,
    delay99: delays.percentile(99) / 1e6,
    longestWork,
    residentMiB: process.memoryUsage().rss / 1024 / 1024,
  };
  delays.reset();
  longestWork = 0;
  process.send?.(watched);
});
process.on('disconnect', () => process.exit());
process.send?.({ url: gem.url } satisfies Started);

/** Milliseconds of the main thread so far. */
function processorTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
