import type { Contradiction, Entry, Example } from '../../report.ts';
import type { Paint } from './paint.ts';
import { showValue, visible } from './show-value.ts';
import { headings, states } from './summary.ts';
import { pad, wrapLines, wrapWords } from './text-width.ts';

/** Shows everything about a broken entry on a terminal. */
export function brokenLines(entry: Entry, width: number, painted: Paint): string[] {
  const { name, statement, evidence, remark, contradictions, example } = entry;
  const prose = (text: string) => indented(wrapWords(visible(text), width - 2));
  return [
    ...wrapWords(`${states.broken.sign} ${visible(name)}`, width).map((line) => painted.bad(line)),
    ...prose(statement),
    ...prose(`${evidence.grade}: ${evidence.source}`).map(painted.faint),
    ...(remark === undefined ? [] : prose(remark)),
    ...contradictions.flatMap((contradiction) => comparison(contradiction, width - 2, painted)),
    ...(example ? exampleLines(example, width, painted) : []),
  ];
}

/** The expected value beside the actual one, each in half of the width. */
function comparison(
  { about, what, expected, got, trace }: Contradiction,
  width: number,
  painted: Paint,
): string[] {
  const half = Math.floor((width - 3) / 2);
  const [left, right] = [column(expected, half), column(got, half)];
  const count = Math.max(left.length, right.length);
  const lines = Array.from({ length: count }, (_, index) => [left[index] ?? '', right[index] ?? ''] as const);
  const bar = painted.faint('│');
  return indented([
    '',
    ...wrapWords(visible(`${about}: ${what}`), width).map(painted.bold),
    `${painted.faint(pad('expected', half))} ${bar} ${painted.faint('got')}`,
    ...lines.map(([one, other]) => `${painted.good(pad(one, half))} ${bar} ${painted.bad(other)}`.trimEnd()),
    ...(trace === undefined ? [] : wrapLines(visible(trace), width).map(painted.faint)),
  ]);
}

function column(value: unknown, width: number): string[] {
  const lines = wrapLines(showValue(value), width);
  if (lines.length <= maxLines) return lines;
  return [...lines.slice(0, maxLines), `… ${lines.length - maxLines} more lines`];
}

/** Lines of a value that are shown; other forms of a report show all of them. */
const maxLines = 12;

function exampleLines({ scenario, actions, replay, file }: Example, width: number, painted: Paint): string[] {
  const title = (text: string) => ['', ...indented(wrapWords(text, width - 2).map(painted.bold))];
  const code = (text: string) => wrapLines(visible(text), width - 4).map((line) => `    ${line}`.trimEnd());
  return [
    ...title(`${headings.example}${file === undefined ? '' : `, also in ${visible(file)}`}:`),
    ...worldLines(code(scenario.trimEnd()), file, width),
    ...(actions.length === 0 ? [] : [...title(`${headings.actions}:`), ...actions.flatMap(code)]),
    ...title(`${headings.replay}:`),
    ...code(replay),
  ];
}

/** A world that could not be made small is not for reading, and would push all else out of sight. */
function worldLines(lines: string[], file: string | undefined, width: number): string[] {
  if (lines.length <= maxWorldLines) return lines;
  const count = `${lines.length.toLocaleString('en')} lines, too many to read here`;
  const where = file === undefined ? `${count}: \`--out <folder>\` writes them as a scenario` : count;
  return wrapWords(where, width - 4).map((line) => `    ${line}`);
}

const maxWorldLines = 250;

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`.trimEnd());
}
