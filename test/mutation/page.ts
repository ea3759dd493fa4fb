// Writes the results of mutation testing as a page for people, and reads such a page again.
import { basename } from 'node:path';
import { reasonFor } from './explanations.ts';
import type { Mutant } from './report.ts';

/** What became of the changes of one file. */
export interface FileResult {
  file: string;
  detected: number;
  invalid: number;
  survivors: readonly Mutant[];
}

type Counts = Record<Mutant['fate'], number>;

/** What became of the changes of one file, of which there is at least one. */
export function resultOf(file: string, mutants: readonly Mutant[]): FileResult {
  const of = (fate: Mutant['fate']) => mutants.filter((mutant) => mutant.fate === fate);
  return {
    file,
    detected: of('detected').length,
    invalid: of('invalid').length,
    survivors: of('survived'),
  };
}

/** What share of the changes the tests noticed, in percent; of those that could be loaded. */
export function scoreOf(results: readonly FileResult[]): number {
  return scoreFrom(countsOf(results));
}

function scoreFrom({ detected, survived }: Counts): number {
  return (100 * detected) / (detected + survived);
}

/** One section of the page: a table of the folder's files, and why each survivor is left. */
export function sectionOf(folder: string, results: readonly FileResult[]): string {
  const files = results.toSorted((one, other) => (one.file < other.file ? -1 : 1));
  const survivors = files.flatMap((one) => one.survivors.toSorted(byLine));
  return [
    `## ${folder}`,
    [
      '| file | mutants | noticed | survived | cannot be loaded | score |',
      '| --- | --: | --: | --: | --: | --: |',
      ...files.map((one) => rowOf(`\`${basename(one.file)}\``, countsOf([one]))),
      rowOf('**all**', countsOf(files)),
    ].join('\n'),
    ...(survivors.length > 0 ? ['Survivors:'] : []),
    survivors.map(lineOf).join('\n'),
  ].join('\n\n');
}

/** What a section says of its files. */
export function readSection(folder: string, section: string): FileResult[] {
  const survivors = [...section.matchAll(/^- `([^`]+)` line (\d+): (.+)$/gm)].map(
    ([, name, line, rest = '']): Mutant => {
      const [, original = '', replacement = ''] =
        /^(``.+?``|`[^`]*`) → (``.+?``|`[^`]*`|nothing|an empty template)\. /.exec(rest) ?? [];
      return {
        file: `${folder}/${name}`,
        line: Number(line),
        original: uncode(original),
        replacement: uncode(replacement),
        fate: 'survived',
      };
    },
  );
  return [...section.matchAll(/^\| `([^`]+)` *\|([ \d|]+)\|[^|]+\|$/gm)].map(([, name, counts = '']) => {
    const [, detected = 0, , invalid = 0] = counts.split('|').map(Number);
    const file = `${folder}/${name}`;
    return { file, detected, invalid, survivors: survivors.filter((one) => one.file === file) };
  });
}

function rowOf(name: string, counts: Counts): string {
  const { detected, survived, invalid } = counts;
  const all = detected + survived + invalid;
  return `| ${name} | ${all} | ${detected} | ${survived} | ${invalid} | ${scoreFrom(counts).toFixed(1)} % |`;
}

function byLine(one: Mutant, other: Mutant): number {
  return one.line - other.line;
}

function lineOf(mutant: Mutant): string {
  const { file, line, original, replacement } = mutant;
  const change = `${code(original)} → ${code(replacement)}`;
  return `- \`${basename(file)}\` line ${line}: ${change}. ${reasonFor(mutant) ?? '**Not explained.**'}`;
}

/** What cannot be shown as it is. */
const words: Readonly<Record<string, string>> = { '': 'nothing', '``': 'an empty template' };

/** Sources hold backticks themselves. */
function code(text: string): string {
  const short = text.replaceAll(/\s+/g, ' ').trim();
  const inWords = words[short];
  if (inWords !== undefined) return inWords;
  return short.includes('`') ? `\`\` ${short} \`\`` : `\`${short}\``;
}

function uncode(text: string): string {
  const known = Object.entries(words).find(([, word]) => word === text);
  return known ? known[0] : text.replace(/^``?/, '').replace(/``?$/, '').trim();
}

function countsOf(results: readonly FileResult[]): Counts {
  const counts: Counts = { detected: 0, survived: 0, invalid: 0 };
  for (const { detected, invalid, survivors } of results) {
    counts.detected += detected;
    counts.invalid += invalid;
    counts.survived += survivors.length;
  }
  return counts;
}
