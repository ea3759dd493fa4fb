import type { Results } from './main.ts';
import type { Comparison } from './measure.ts';
import type { Spread } from './median.ts';
import type { PeerResults } from './peers.ts';

/** The results for people: what was measured, beside the bare server, and what it is meant to be. */
export function table(results: Results): string {
  const rows = rowsOf(results);
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) =>
    row.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join('  '),
  );
  const peers = results.peers ? besidePeers(results.peers) : '';
  return `${machineOf(results)}; medians\n\n${lines.join('\n')}\n${peers}`;
}

/** The page that is kept beside the bench: what is measured, and how the last run went. */
export function page(results: Results, date: string): string {
  return `# Bench

\`npm run bench\` asks the emulator, and a bare \`node:http\` server that sends the same bytes, for the same things in turn, round by
round. The ratio is the median of the rounds, behind it between which two the middle half of them lies; only ratios carry over to
another machine. Where the emulator had to share the processor, both had to.

- A list, one by its id, and a create are asked for over eight connections at once; the list of the last changes over one.
- The bare server does no work: it learnt the bytes of each answer before. No server of these bytes can have a ratio much over 1.
- \`npm run bench -- --compare test/bench/ratios.json\` says what moved by more than the noise since the run that is below.
- \`node test/bench/same-answers.ts FOLDER\` says whether another checkout answers the same, byte for byte.

Last run: ${date}, ${machineOf(results)}.

${markdown(rowsOf(results))}
${results.peers ? besidePeers(results.peers) : ''}`;
}

function besidePeers({ date, candidates, results }: PeerResults): string {
  const many = candidates.toLocaleString('en');
  const rows = results.map(({ name, perSecond: { list, get, create }, readyMs }) => [
    name,
    ...[list, get, create].map(({ median }) => perSecond(median)),
    milliseconds(readyMs),
  ]);
  return `
## Beside others

\`npm run bench -- --peers\` installs others who keep records behind HTTP, gives them the same ${many} candidates as JSON, and asks them over
eight connections. They check no key and hold no request against a description. Last run: ${date}.

${markdown([['', 'list of 100, any page', 'get by id', 'create', 'from start to first answer'], ...rows])}
`;
}

function markdown([head = [], ...rows]: string[][]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function machineOf({ machine }: Results): string {
  return `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.platform}, Node ${machine.node}`;
}

function rowsOf({ large, small, deltas, forks, coldStart }: Results): string[][] {
  const many = large.candidates.toLocaleString('en');
  const few = small.candidates.toLocaleString('en');
  return [
    ['', 'emulator', 'bare node:http', 'ratio', 'aim'],
    compared(`list of 100 from ${many}, any page`, large.list, '≥ 0.6'),
    compared('list of 100 by status from half as many, any page', large.filtered, '≥ 0.45'),
    compared(`get by id from ${many}`, large.get, '≥ 0.5'),
    compared(`create, beside ${many}`, large.create, '≥ 0.35'),
    compared(`list of the last 100 changes of ${many}`, large.delta, ''),
    compared(`list of the last 100 changes of ${few}`, small.delta, ''),
    [
      `the same, ${many} against ${few}`,
      `${milliseconds(deltas.largeMs)} : ${milliseconds(deltas.smallMs)}`,
      '',
      ratio(deltas.ratio),
      '≤ 1.1',
    ],
    alone(
      `fork of a world of ${forks.records.toLocaleString('en')} records`,
      milliseconds(forks.forkMs),
      '< 5 ms',
    ),
    alone('reset of the same after 100 writes', milliseconds(forks.resetMs), '< 5 ms'),
    alone('fork of the same after 100 writes', milliseconds(forks.forkWrittenMs), '< 5 ms'),
    [
      'cold start to the first answer',
      milliseconds(coldStart.emulatorMs),
      milliseconds(coldStart.bareMs),
      ratio(coldStart.ratio),
      '',
    ],
    alone(`seeding ${many} candidates`, milliseconds(large.generateMs + large.loadMs), '< 5000 ms'),
    alone('  of which making them up', milliseconds(large.generateMs), ''),
    alone('  of which storing and indexing', milliseconds(large.loadMs), ''),
    alone(`resident memory with ${many}, seeded`, `${large.seededMiB.toFixed(0)} MiB`, '< 600 MB'),
    alone('  after all of them were sent once', `${large.sentMiB.toFixed(0)} MiB`, '< 600 MB'),
    alone('  after minutes at full speed', `${large.usedMiB.toFixed(0)} MiB`, '< 600 MB'),
  ];
}

function compared(what: string, { emulator, bare, ratio: ofRounds }: Comparison, aim: string): string[] {
  return [what, perSecond(emulator.perSecond), perSecond(bare.perSecond), ratio(ofRounds), aim];
}

function alone(what: string, measured: string, aim: string): string[] {
  return [what, measured, '', '', aim];
}

function pad(cell: string, width: number, column: number): string {
  return column === 0 || column === 4 ? cell.padEnd(width) : cell.padStart(width);
}

function perSecond(value: number): string {
  return `${(value < 10 ? Number(value.toPrecision(1)) : Math.round(value)).toLocaleString('en')}/s`;
}

function milliseconds(value: number): string {
  return `${value < 100 ? value.toPrecision(3) : Math.round(value)} ms`;
}

function ratio({ median, low, high }: Spread): string {
  return `${median.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}
