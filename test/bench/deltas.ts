import { start, type Child } from './children.ts';
import type { Started } from './emulator.ts';
import { changedSince } from './large-world.ts';
import { run, toRequest, type Effort, type Say } from './measure.ts';
import { median, spreadOf, type Spread } from './median.ts';

/** How long the list of the last 100 changes takes in two worlds. */
export interface Deltas {
  smallMs: number;
  largeMs: number;
  /** The large one beside the small one, round by round. */
  ratio: Spread;
}

/** Asks a small and a large world for their last changes, round by round in turn: what else the machine does meets both. */
export async function compareDeltas(
  sizes: { small: number; large: number },
  effort: Effort,
  say: Say,
): Promise<Deltas> {
  say(`the last changes of ${sizes.small} candidates beside those of ${sizes.large}`);
  const [small, smallStarted] = await start('emulator.ts', String(sizes.small));
  const [large, largeStarted] = await start('emulator.ts', String(sizes.large));
  const [load] = await start('load.ts');
  try {
    const ask = ({ url, apiKey }: Started) => delta(load, url, apiKey, effort.milliseconds);
    const times: { small: number[]; large: number[] } = { small: [], large: [] };
    // The first round is for warming up.
    for (let round = -1; round < effort.rounds; round += 1) {
      const [one, other] = [await ask(smallStarted as Started), await ask(largeStarted as Started)];
      if (round < 0) continue;
      times.small.push(one);
      times.large.push(other);
    }
    const ratio = spreadOf(times.large.map((time, round) => time / (times.small[round] ?? NaN)));
    return { smallMs: median(times.small), largeMs: median(times.large), ratio };
  } finally {
    for (const child of [load, small, large]) child.stop();
  }
}

async function delta(load: Child, url: string, apiKey: string, milliseconds: number): Promise<number> {
  const path = `/ats/v0/candidates/?per_page=100&updated_after=${changedSince}`;
  const work = { requests: [toRequest('GET', path, apiKey)], connections: 1, status: 200, milliseconds };
  return (await run(load, url, work)).medianMs;
}
