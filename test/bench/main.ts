// `npm run bench`: how fast the emulator is, beside a bare node:http server that answers the same bytes. Only the
// ratios carry over to another machine. `--json` prints one JSON object, `--quick` tries everything out in small.
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { start } from './children.ts';
import { compareDeltas, type Deltas } from './deltas.ts';
import { coldStart } from './cold-start.ts';
import type { Forks } from './forks.ts';
import { median } from './median.ts';
import { measure, type Effort, type Measured } from './measure.ts';
import { table } from './table.ts';

/** All that one run of the bench finds out. */
export interface Results {
  machine: { node: string; platform: string; cpu: string; cores: number; memoryGiB: number };
  large: Measured;
  small: Measured;
  deltas: Deltas;
  forks: Forks;
  coldStart: { emulatorMs: number; bareMs: number };
}

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false } },
});
const effort: Effort = values.quick ? { rounds: 1, milliseconds: 100 } : { rounds: 5, milliseconds: 2000 };
const sizes = values.quick
  ? { small: 200, large: 1000, forks: 500 }
  : { small: 1000, large: 100_000, forks: 10_000 };

const results: Results = {
  machine: {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
  },
  small: await measure(sizes.small, effort),
  large: await measure(sizes.large, effort),
  deltas: await compareDeltas(sizes, effort),
  forks: await forks(),
  coldStart: await coldStarts(),
};
process.stdout.write(values.json ? `${JSON.stringify(results, null, 2)}\n` : table(results));

async function forks(): Promise<Forks> {
  const [child, measured] = await start('forks.ts', String(sizes.forks));
  child.stop();
  return measured as Forks;
}

async function coldStarts(): Promise<Results['coldStart']> {
  const bare = (port: number) =>
    `require('node:http').createServer((_, response) => response.end()).listen(${port}, '127.0.0.1')`;
  const [emulatorTimes, bareTimes]: [number[], number[]] = [[], []];
  for (let round = 0; round < effort.rounds; round += 1) {
    const emulator = await coldStart((port) => ['mock-server/mock-gem.js', 'serve', '--port', String(port)]);
    emulatorTimes.push(emulator);
    bareTimes.push(await coldStart((port) => ['--eval', bare(port)]));
  }
  return { emulatorMs: median(emulatorTimes), bareMs: median(bareTimes) };
}
