/** A stretch of a text, and what takes its place. */
export interface Replacement {
  /** Characters from the start of the text. */
  start: number;
  end: number;
  /** One line. */
  text: string;
}

/**
 * Writes replacements as a unified diff with three lines of context.
 *
 * @param file the path that the diff names
 * @returns the empty text when nothing is replaced
 */
export function replaceLines(file: string, text: string, replacements: readonly Replacement[]): string {
  const lines = text.split('\n');
  const starts = lineStarts(lines);
  const changes = replacements
    .toSorted((one, other) => one.start - other.start)
    .map(({ start, end, text: middle }): Change => {
      const [first, last] = [lineAt(starts, start), lineAt(starts, end)];
      const before = text.slice(starts[first], start);
      const after = (lines[last] ?? '').slice(end - (starts[last] ?? 0));
      return { first, last, line: before + middle + after };
    });
  const hunks = together(changes);
  if (hunks.length === 0) return '';
  let shift = 0;
  const written = hunks.map((hunk) => {
    const { body, removed, added, first, length } = write(hunk, lines);
    const header = `@@ -${first + 1},${length} +${first + 1 + shift},${length - removed + added} @@`;
    shift += added - removed;
    return [header, ...body].join('\n');
  });
  return `${[`--- a/${file}`, `+++ b/${file}`, ...written].join('\n')}\n`;
}

/** Lines `first` to `last`, both included, become one. */
interface Change {
  first: number;
  last: number;
  line: string;
}

const context = 3;

/** Changes whose contexts touch share a hunk. */
function together(changes: readonly Change[]): Change[][] {
  const hunks: Change[][] = [];
  for (const change of changes) {
    const hunk = hunks.at(-1);
    const before = hunk?.at(-1);
    if (hunk && before && change.first - before.last <= 2 * context + 1) hunk.push(change);
    else hunks.push([change]);
  }
  return hunks;
}

function write(
  hunk: readonly Change[],
  lines: readonly string[],
): { body: string[]; removed: number; added: number; first: number; length: number } {
  const first = Math.max(0, (hunk[0]?.first ?? 0) - context);
  // The last piece of a text that ends with a line break is no line.
  const end = Math.min(lines.length - (lines.at(-1) === '' ? 1 : 0), (hunk.at(-1)?.last ?? 0) + context + 1);
  const body: string[] = [];
  let next = first;
  let removed = 0;
  const keep = (until: number) => body.push(...lines.slice(next, until).map((line) => ` ${line}`));
  for (const change of hunk) {
    keep(change.first);
    const old = lines.slice(change.first, change.last + 1);
    body.push(...old.map((line) => `-${line}`), `+${change.line}`);
    removed += old.length;
    next = change.last + 1;
  }
  keep(end);
  return { body, removed, added: hunk.length, first, length: end - first };
}

function lineStarts(lines: readonly string[]): number[] {
  let at = 0;
  return lines.map((line) => {
    const start = at;
    at += line.length + 1;
    return start;
  });
}

function lineAt(starts: readonly number[], position: number): number {
  const next = starts.findIndex((start) => start > position);
  return next === -1 ? starts.length - 1 : next - 1;
}
