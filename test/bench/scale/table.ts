import type { Results } from './main.ts';
import type { Watching } from './watching.ts';
import { placesOfWorker, reckon, type Needs } from './reckoning.ts';

/** The results for people. */
export function table({
  cores,
  accounts,
  latency,
  syncsAtOnce,
  statements,
  measured,
  watching,
}: Results): string {
  const [first] = measured;
  const lines = [
    `${accounts.count} accounts of ${accounts.candidates} candidates, ${latency} ms of latency, 20 calls a second for each key, ${syncsAtOnce} accounts at once in a worker, ${cores} cores for all of it`,
    '',
    row([
      'workers',
      'seconds',
      'candidates a second',
      'as fast',
      'of one processor',
      'memory of a worker',
      'small delta',
      'at worst',
    ]),
    ...measured.map(({ workers, seconds, isWhole, standing, processorShare, peakMiB, deltas, ...run }) =>
      row([
        String(workers),
        `${seconds.toFixed(1)}${isWhole ? '' : `, ${standing.succeeded} accounts`}`,
        run.candidatesPerSecond.toFixed(0),
        first ? `${(run.candidatesPerSecond / first.candidatesPerSecond).toFixed(2)} ×` : '',
        processorShare === null ? '' : `${Math.round(processorShare * 100)} %`,
        peakMiB === null ? '' : `${Math.round(peakMiB)} MiB`,
        deltas === null ? '' : `${deltas.median.toFixed(2)} s`,
        deltas === null ? '' : `${deltas.longest.toFixed(2)} s of ${deltas.count}`,
      ]),
    ),
    '',
  ];
  if (!first) return lines.join('\n');
  lines.push(
    `a small delta alone: ${first.aloneSeconds.toFixed(2)} s`,
    `by candidate: ${statements.toFixed(2)} statements, ${first.transactions.toFixed(2)} transactions, ${Math.round(first.bytes)} bytes`,
    '',
  );
  if (first.processorPerCandidate !== null) {
    const carried = first.workers / (first.processorShare ?? 1);
    lines.push(
      `processor of the workers by 1,000 candidates: ${(1000 * first.processorPerCandidate).toFixed(2)} s; one processor carries ${(carried * syncsAtOnce).toFixed(0)} accounts at once`,
      '',
    );
  }
  const needs = [1000, 100_000].flatMap((many) => reckon(first, { accounts, syncsAtOnce }, many));
  return [...lines, ...needs.map(describe), '', describeWatching(watching), ''].join('\n');
}

function describe(needs: Needs): string {
  const { integrations, workers, gigabytes, transactionsPerSecond, candidatesPerSecond } = needs;
  return `${integrations.toLocaleString('en')} integrations of this size need ${Math.ceil(workers)} workers with ${placesOfWorker} accounts at once each, ${gigabytes.toFixed(0)} GB and ${Math.ceil(transactionsPerSecond)} transactions a second, for ${Math.round(candidatesPerSecond).toLocaleString('en')} candidates a second`;
}

function describeWatching({ integrations, paths }: Watching): string {
  const each = paths.map(
    ({ path, median, longest }) => `${path} ${median.toFixed(2)} ms (${longest.toFixed(1)} at worst)`,
  );
  return `watched over with ${integrations.toLocaleString('en')} integrations: ${each.join(', ')}`;
}

function row(cells: readonly string[]): string {
  return cells
    .map((cell) => cell.padEnd(19))
    .join(' ')
    .trimEnd();
}
