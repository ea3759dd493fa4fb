// `npm run bench`: how fast the emulator is, beside a bare node:http server that answers the same bytes. Only the
// ratios carry over to another machine. It writes README.md and ratios.json beside it. It takes about four
// minutes, and tells how far it is.
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { flag, option } from '../../contracts/server/options.ts';
import { readCommandLine } from './command-line.ts';
import { start } from './children.ts';
import { compareDeltas, type Deltas } from './deltas.ts';
import { coldStart } from './cold-start.ts';
import type { Forks } from './forks.ts';
import { median, spreadOf, type Spread } from './median.ts';
import { measure, measureDelta, type Comparison, type Effort, type Measured } from './measure.ts';
import { comparePeers, keepPeers, lastPeers, type PeerResults } from './peers.ts';
import { changesSince, ratiosOf, readRatios } from './ratios.ts';
import { page, table } from './table.ts';

/** All that one run of the bench finds out. */
export interface Results {
  machine: { node: string; platform: string; cpu: string; cores: number; memoryGiB: number };
  large: Measured;
  /** The small world, of which only the list of its last changes is asked for. */
  small: { candidates: number; delta: Comparison };
  deltas: Deltas;
  forks: Forks;
  coldStart: { emulatorMs: number; bareMs: number; ratio: Spread };
  /** Of this run or an earlier one; undefined where others were never measured. */
  peers: PeerResults | undefined;
}

const { options } = readCommandLine(
  'npm run bench --',
  {
    json: flag('--json', 'print one JSON object and no table, and keep nothing'),
    quick: flag('--quick', 'see whether it runs, with small worlds, and keep nothing'),
    compare: option('--compare <file>', 'say what has moved since, by more than the noise'),
    peers: flag('--peers', 'measure others beside it, which npm installs into a folder of their own'),
  },
  (command) => command.description('Measures the emulator beside a bare server that sends the same bytes.'),
);
// Read first: it may be the file that is written in the end.
const earlier = options.compare === undefined ? undefined : readRatios(options.compare);
const effort: Effort = options.quick ? { rounds: 1, milliseconds: 100 } : { rounds: 7, milliseconds: 1500 };
const sizes = options.quick
  ? { small: 200, large: 1000, forks: 500, peers: 200 }
  : { small: 1000, large: 100_000, forks: 10_000, peers: 10_000 };

const began = performance.now();
const say = (line: string): void => {
  process.stderr.write(`${Math.round((performance.now() - began) / 1000)} s  ${line}\n`);
};

const results: Results = {
  machine: {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
  },
  small: { candidates: sizes.small, delta: await measureDelta(sizes.small, effort, say) },
  large: await measure(sizes.large, effort, say),
  deltas: await compareDeltas(sizes, effort, say),
  forks: await forks(),
  coldStart: await coldStarts(),
  peers: options.peers ? await comparePeers(sizes.peers, effort, say) : lastPeers(),
};
const ratios = ratiosOf(results);
process.stdout.write(options.json ? `${JSON.stringify({ ...results, ratios }, null, 2)}\n` : table(results));
// What `--json` prints is to stay one object.
if (earlier) (options.json ? process.stderr : process.stdout).write(changesSince(earlier, ratios));
if (!options.json && !options.quick) {
  if (options.peers && results.peers) keepPeers(results.peers);
  writeFileSync(new URL('ratios.json', import.meta.url), `${JSON.stringify(ratios, null, 2)}\n`);
  writeFileSync(new URL('README.md', import.meta.url), page(results, new Date().toISOString().slice(0, 10)));
}

async function forks(): Promise<Forks> {
  say('forks');
  const [child, measured] = await start('forks.ts', String(sizes.forks));
  child.stop();
  return measured as Forks;
}

async function coldStarts(): Promise<Results['coldStart']> {
  say('cold starts');
  const bare = (port: number) =>
    `require('node:http').createServer((_, response) => response.end()).listen(${port}, '127.0.0.1')`;
  const [emulatorTimes, bareTimes]: [number[], number[]] = [[], []];
  for (let round = 0; round < effort.rounds; round += 1) {
    const emulator = await coldStart((port) => ['mock-server/mock-gem.js', 'serve', '--port', String(port)]);
    emulatorTimes.push(emulator);
    bareTimes.push(await coldStart((port) => ['--eval', bare(port)]));
  }
  const ratio = spreadOf(emulatorTimes.map((time, round) => time / (bareTimes[round] ?? NaN)));
  return { emulatorMs: median(emulatorTimes), bareMs: median(bareTimes), ratio };
}
