// What carries over from one machine to another, and from one run to the next.
import { readFileSync } from 'node:fs';
import type { Results } from './main.ts';
import type { Spread } from './median.ts';

/** The ratios of a run by what was measured; of those to the bare server more is better, of the others less. */
export type Ratios = Record<string, Spread>;

/** All ratios of a run. */
export function ratiosOf({ large, small, deltas, coldStart }: Results): Ratios {
  return {
    list: large.list.ratio,
    filtered: large.filtered.ratio,
    get: large.get.ratio,
    create: large.create.ratio,
    delta: large.delta.ratio,
    'delta of the small world': small.delta.ratio,
    'delta, large against small': deltas.ratio,
    'cold start': coldStart.ratio,
  };
}

/** The ratios of an earlier run, from the file that it kept or from what `--json` printed. */
export function readRatios(file: string): Ratios {
  const kept = JSON.parse(readFileSync(file, 'utf8')) as { ratios?: Ratios };
  return kept.ratios ?? (kept as Ratios);
}

/** In words, what moved by more than the noise since an earlier run: so far that the middle rounds of the two lie apart. */
export function changesSince(earlier: Ratios, now: Ratios): string {
  const lines = Object.entries(now).map(([name, ratio]) => {
    const before = earlier[name];
    if (!before) return `${name}: ${show(ratio)}, not measured before`;
    const share = `${(100 * (ratio.median / before.median - 1)).toFixed(0)} %`;
    const moved = isApart(before, ratio) ? `moved by ${share}` : 'within the noise';
    return `${name}: ${show(ratio)} after ${show(before)}, ${moved}`;
  });
  return `\n${lines.join('\n')}\n`;
}

function isApart(one: Spread, other: Spread): boolean {
  return one.high < other.low || other.high < one.low;
}

function show({ median, low, high }: Spread): string {
  return `${median.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}
