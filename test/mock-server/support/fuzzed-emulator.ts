// An emulator in a process of its own, so that its memory and its time can be measured: `fork` it. It tells where it is, then
// answers each message.
import { startMockGem } from '../../../mock-server/server.ts';

/** What it answers `measure` with, after a collection. */
export interface Measured {
  megabytes: number;
  /** The longest that it worked without looking at another request since it was last asked, in milliseconds of processor time. */
  longest: number;
  /** What it called a defect of its own. */
  defects: string[];
}

const defects: string[] = [];
const gem = await startMockGem({
  port: 0,
  checkAnswers: true,
  notify: () => undefined,
  switches: { rate_limit: 'off' },
  report: (defect) =>
    defects.push(defect instanceof Error ? (defect.stack ?? defect.message) : String(defect)),
});

// The time of a processor says the same on a busy machine as on an idle one.
let [longest, before] = [0, process.cpuUsage()];
setInterval(() => {
  const { user, system } = process.cpuUsage(before);
  longest = Math.max(longest, (user + system) / 1000);
  before = process.cpuUsage();
}, 5);

process.on('message', () => {
  const told = longest;
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  const measured: Measured = { megabytes: (heapUsed + external) / 1e6, longest: told, defects };
  process.send?.(measured);
  [longest, before] = [0, process.cpuUsage()];
});
process.on('disconnect', () => void gem.close().then(() => process.exit()));
process.send?.({ url: gem.url });
