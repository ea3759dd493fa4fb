import type { Results } from './main.ts';
import type { Comparison } from './measure.ts';

/** The results for people: what was measured, beside the bare server, and what it is meant to be. */
export function table({ machine, large, small, deltas, forks, coldStart }: Results): string {
  const many = large.candidates.toLocaleString('en');
  const few = small.candidates.toLocaleString('en');
  const rows = [
    ['', 'emulator', 'bare node:http', 'ratio', 'aim'],
    compared(`list of 100 from ${many}, any page`, large.list, '≥ 0.2, at best 0.5'),
    compared('list of 100 by status from half as many, any page', large.filtered, ''),
    compared(`get by id from ${many}`, large.get, ''),
    compared(`create, beside ${many}`, large.create, ''),
    compared(`list of the last 100 changes of ${many}`, large.delta, ''),
    compared(`list of the last 100 changes of ${few}`, small.delta, ''),
    [
      `the same, ${many} against ${few}`,
      `${milliseconds(deltas.largeMs)} : ${milliseconds(deltas.smallMs)}`,
      '',
      ratio(deltas.largeMs / deltas.smallMs),
      '≤ 1.5',
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
      ratio(coldStart.emulatorMs / coldStart.bareMs),
      '',
    ],
    alone(`seeding ${many} candidates`, milliseconds(large.generateMs + large.loadMs), '< 5000 ms'),
    alone('  of which making them up', milliseconds(large.generateMs), ''),
    alone('  of which storing and indexing', milliseconds(large.loadMs), ''),
    alone(`resident memory with ${many}, seeded`, `${large.seededMiB.toFixed(0)} MiB`, '< 600 MB'),
    alone('  after all of them were sent once', `${large.sentMiB.toFixed(0)} MiB`, '< 600 MB'),
    alone('  after minutes at full speed', `${large.usedMiB.toFixed(0)} MiB`, '< 600 MB'),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) =>
    row.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join('  '),
  );
  return `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.platform}, Node ${machine.node}; medians\n\n${lines.join('\n')}\n`;
}

function compared(what: string, { emulator, bare }: Comparison, aim: string): string[] {
  return [
    what,
    perSecond(emulator.perSecond),
    perSecond(bare.perSecond),
    ratio(emulator.perSecond / bare.perSecond),
    aim,
  ];
}

function alone(what: string, measured: string, aim: string): string[] {
  return [what, measured, '', '', aim];
}

function pad(cell: string, width: number, column: number): string {
  return column === 0 || column === 4 ? cell.padEnd(width) : cell.padStart(width);
}

function perSecond(value: number): string {
  return `${Math.round(value).toLocaleString('en')}/s`;
}

function milliseconds(value: number): string {
  return `${value < 100 ? value.toPrecision(3) : Math.round(value)} ms`;
}

function ratio(value: number): string {
  return value.toFixed(2);
}
