// What Stryker reports of a run, as far as the summary needs it.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One change of the sources that the tests were run against. */
export interface Mutant {
  file: string;
  line: number;
  /** The source text that was replaced. */
  original: string;
  replacement: string;
  /** Whether a test noticed; a mutant that cannot even be loaded counts as neither. */
  fate: 'detected' | 'survived' | 'invalid';
}

interface Place {
  line: number;
  column: number;
}

interface Report {
  files: Record<
    string,
    {
      source: string;
      mutants: { status: string; replacement?: string; location: { start: Place; end: Place } }[];
    }
  >;
}

/** Reads the mutants of all reports in a folder, by the folder of the mutated file. */
export function readReports(folder: string): Map<string, Mutant[]> {
  const mutants = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => mutantsOf(JSON.parse(readFileSync(join(folder, name), 'utf8')) as Report));
  return Map.groupBy(mutants, ({ file }) => dirname(file));
}

function mutantsOf({ files }: Report): Mutant[] {
  return Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants.map(({ status, replacement = '', location: { start, end } }) => ({
      file,
      line: start.line,
      original: between(source.split('\n'), start, end),
      replacement,
      fate: fates[status] ?? 'invalid',
    })),
  );
}

/** A mutant that runs for ever is noticed as surely as one that fails a test. */
const fates: Readonly<Record<string, Mutant['fate']>> = {
  Killed: 'detected',
  Timeout: 'detected',
  Survived: 'survived',
  NoCoverage: 'survived',
};

/** Stryker counts lines and columns from one. */
function between(lines: readonly string[], start: Place, end: Place): string {
  const picked = lines.slice(start.line - 1, end.line);
  const last = picked.length - 1;
  return picked
    .map((line, place) =>
      line.slice(place === 0 ? start.column - 1 : 0, place === last ? end.column - 1 : undefined),
    )
    .map((line) => line.trim())
    .join(' ');
}
