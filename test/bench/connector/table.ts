import type { Results } from './main.ts';
import type { Measured } from './measure.ts';
import type { Usage } from './usage.ts';

/** The results for people: what each piece of work took, and how that compares with what it is compared with. */
export function table({ machine, sizes, measured }: Results): string {
  const rows = [
    ['', 'time', 'processor', 'rows', 'memory', 'server', 'ratio', 'processor', 'aim'],
    ...measured.flatMap((one) => rowsOf(one, sizes)),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 || column === 8 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  const { cpu, cores, memoryGiB, platform, node } = machine;
  return `${cpu}, ${cores} cores, ${memoryGiB} GiB, ${platform}, Node ${node}; medians
${sizes.candidates.toLocaleString('en')} candidates with ${sizes.applications.toLocaleString('en')} applications. Processor time is that of connector and database, without the emulator's;
rows of lists are pages; memory is the most that the connector's process had resident, and the largest process of the server.

${lines.join('\n')}
`;
}

function rowsOf(measured: Measured, { small, candidates, changes }: Results['sizes']): string[][] {
  const { database, floor, first, again, withRemoteData, smallDelta, largeDelta } = measured;
  const { newPages, pages, smallPoll, largePoll } = measured;
  const aim = database === 'PostgreSQL' ? '≤ 2' : '';
  const delta = `delta sync, ${changes.toLocaleString('en')} changes of`;
  return [
    [database],
    row('floor: the same pages as raw JSON', floor),
    row('first full sync', first, floor, aim),
    row('full sync that finds nothing new', again, floor, aim),
    row('first full sync, with remote data', withRemoteData, floor),
    row(`${delta} ${small.toLocaleString('en')}`, smallDelta),
    row(`${delta} ${candidates.toLocaleString('en')}`, largeDelta, smallDelta, '≤ 1.5'),
    row(`pages of 100 candidates from ${candidates.toLocaleString('en')}, at the first read`, newPages),
    row('the same pages once more', pages, newPages),
    row(`polls that find nothing new in ${small.toLocaleString('en')}`, smallPoll),
    row(`polls that find nothing new in ${candidates.toLocaleString('en')}`, largePoll, smallPoll, '≤ 1.5'),
  ];
}

function row(what: string, usage: Usage, beside?: Usage, aim = ''): string[] {
  const { milliseconds, rows, peakMiB, serverPeakMiB } = usage;
  return [
    `  ${what}`,
    time(milliseconds),
    time(processorOf(usage)),
    `${Math.round(rows / (milliseconds / 1000)).toLocaleString('en')}/s`,
    `${Math.round(peakMiB)} MiB`,
    serverPeakMiB === null ? '' : `${Math.round(serverPeakMiB)} MiB`,
    beside ? (milliseconds / beside.milliseconds).toFixed(2) : '',
    beside ? (processorOf(usage) / processorOf(beside)).toFixed(2) : '',
    aim,
  ];
}

function processorOf({ processorMs, serverMs }: Usage): number {
  return processorMs + (serverMs ?? 0);
}

function time(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
