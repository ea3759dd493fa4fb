// Writes the results of mutation testing as a page for people.
import { basename } from 'node:path';
import { reasonFor } from './explanations.ts';
import type { Mutant } from './report.ts';

/** What share of a folder's mutants the tests noticed, in percent; of those that could be loaded. */
export function scoreOf(mutants: readonly Mutant[]): number {
  const { detected, survived } = countsOf(mutants);
  return (100 * detected) / (detected + survived);
}

/** One section of the page: a table of the folder's files, and why each survivor is left. */
export function sectionOf(folder: string, mutants: readonly Mutant[]): string {
  const files = [...Map.groupBy(mutants, ({ file }) => file)].toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  );
  const survivors = mutants
    .filter(({ fate }) => fate === 'survived')
    .toSorted((one, other) => one.file.localeCompare(other.file) || one.line - other.line);
  return [
    `## ${folder}`,
    [
      '| file | mutants | noticed | survived | cannot be loaded | score |',
      '| --- | --: | --: | --: | --: | --: |',
      ...files.map(([file, own]) => rowOf(`\`${basename(file)}\``, own)),
      rowOf('**all**', mutants),
    ].join('\n'),
    ...(survivors.length > 0 ? ['Survivors:'] : []),
    survivors.map(lineOf).join('\n'),
  ].join('\n\n');
}

function rowOf(name: string, mutants: readonly Mutant[]): string {
  const { detected, survived, invalid } = countsOf(mutants);
  return `| ${name} | ${mutants.length} | ${detected} | ${survived} | ${invalid} | ${scoreOf(mutants).toFixed(1)} % |`;
}

function lineOf(mutant: Mutant): string {
  const { file, line, original, replacement } = mutant;
  const change = `${code(original)} → ${replacement === '' ? 'nothing' : code(replacement)}`;
  return `- \`${basename(file)}\` line ${line}: ${change}. ${reasonFor(mutant) ?? '**Not explained.**'}`;
}

/** Sources hold backticks themselves. */
function code(text: string): string {
  const short = text.replaceAll(/\s+/g, ' ').trim();
  return short.includes('`') ? `\`\` ${short} \`\`` : `\`${short}\``;
}

function countsOf(mutants: readonly Mutant[]): Record<Mutant['fate'], number> {
  const counts = { detected: 0, survived: 0, invalid: 0 };
  for (const { fate } of mutants) counts[fate] += 1;
  return counts;
}
