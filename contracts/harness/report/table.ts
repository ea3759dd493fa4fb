import { brokenLines } from './broken-lines.ts';
import { paint, type Paint } from './paint.ts';
import type { Entry, Report } from '../../report.ts';
import { visible } from './show-value.ts';
import {
  countStates,
  describeCompared,
  describeCounts,
  describeDuration,
  groupsOf,
  states,
} from './summary.ts';
import { pad, widthOf, wrapWords } from './text-width.ts';

/** The look of the table. */
export interface TableLook {
  /** The width of a line: 80 by default, at least 40. */
  columns?: number | undefined;
  /** Whether it is coloured. */
  isColored?: boolean | undefined;
}

/** Writes a report for a terminal: all entries by group, then each broken one in full, then the totals. */
export function toTable(report: Report, { columns = 80, isColored = false }: TableLook = {}): string {
  const width = Math.max(40, columns);
  const painted = paint(isColored);
  const broken = report.entries.filter(({ state }) => state === 'broken');
  return [
    ...wrapWords(visible(report.title), width).map(painted.bold),
    ...wrapWords(visible(report.subject), width),
    ...groupsOf(report).flatMap(([group, entries]) => section(group, rows(entries, width, painted), painted)),
    ...broken.flatMap((entry) => ruled(brokenLines(entry, width, painted), width, painted)),
    '',
    ...ending(report, width, painted),
    '',
  ].join('\n');
}

function section(group: string, lines: readonly string[], painted: Paint): string[] {
  return ['', painted.bold(visible(group)), ...lines];
}

/** Puts an empty line before lines. */
function ruled(lines: readonly string[], width: number, painted: Paint): string[] {
  return ['', painted.faint('─'.repeat(width)), ...lines];
}

/** The entries: sign and name, and the text beside them. */
function rows(entries: readonly Entry[], width: number, painted: Paint): string[] {
  const most = Math.floor(width * maxShareOfNames);
  const names = entries.map(({ name }) => widthOf(visible(name))).filter((length) => length <= most);
  const left = Math.max(8, ...names);
  return entries.flatMap((entry) => row(entry, left, width, painted));
}

function row(entry: Entry, left: number, width: number, painted: Paint): string[] {
  const { name, state, statement, remark, unseen = [] } = entry;
  const indent = left + 6;
  const missing = unseen.length === 0 ? undefined : `not observed at ${unseen.join('; ')}`;
  const after = state === 'held' ? [describeCompared(entry), missing, remark] : [remarkOf(state, remark)];
  const words = [statement, ...after].filter(Boolean).join(' — ');
  const lines = wrapWords(visible(words), width - indent);
  const sign = painted[colors[state]](states[state].sign);
  const shown = visible(name);
  const below = (from: number) => lines.slice(from).map((line) => ' '.repeat(indent) + line);
  // A name that is too long for its column has the line for itself.
  if (widthOf(shown) > left)
    return [
      ...wrapWords(shown, width - 4).map((line, index) => `  ${index === 0 ? sign : ' '} ${line}`),
      ...below(0),
    ];
  return [`  ${sign} ${pad(shown, left)}  ${lines[0]}`.trimEnd(), ...below(1)];
}

function remarkOf(state: Entry['state'], remark: string | undefined): string | undefined {
  if (state === 'not observed') return remark === undefined ? 'not observed' : `not observed: ${remark}`;
  return remark;
}

function ending(report: Report, width: number, painted: Paint): string[] {
  const seed = report.seed === undefined ? '' : `, seed ${report.seed}`;
  const counts = countStates(report);
  const color = counts.broken > 0 ? 'bad' : 'good';
  const text = `${describeCounts(report)}, in ${describeDuration(report.duration)}${seed}`;
  return wrapWords(text, width).map(painted[color]);
}

/** The part of a line that names may take. */
const maxShareOfNames = 0.4;

const colors = { held: 'good', broken: 'bad', 'not observed': 'faint' } as const;
