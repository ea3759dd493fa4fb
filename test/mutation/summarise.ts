import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { floors, reasonFor } from './explanations.ts';
import { scoreOf, sectionOf } from './page.ts';
import { readReports } from './report.ts';

const page = new URL('../mutation.md', import.meta.url);

const introduction = `# Mutation testing

What \`npm run test:mutation\` last found: Stryker changes the sources in small ways, and the tests should notice each change. Folders
and files that are not here were not measured, or not as a whole. This page is generated; the reasons stand in
\`test/mutation/explanations.ts\`.`;

/**
 * Rewrites the page from the reports in a folder. Sections of folders that were not run stay as they are.
 *
 * @returns what is wrong: survivors that nobody has explained, and folders below their floor
 */
export function summarise(folder: string): string[] {
  const reports = readReports(folder);
  const sections = new Map(readSections());
  for (const [name, mutants] of reports) sections.set(name, sectionOf(name, mutants));
  const ordered = [...sections].toSorted(([one], [other]) => (one < other ? -1 : 1));
  writeFileSync(page, `${[introduction, ...ordered.map(([, section]) => section)].join('\n\n')}\n`);

  const unexplained = [...reports.values()]
    .flat()
    .filter((mutant) => mutant.fate === 'survived' && reasonFor(mutant) === undefined)
    .map(
      ({ file, line, original, replacement }) =>
        `${file}:${line} is not explained: ${original} -> ${replacement}`,
    );
  const tooLow = [...reports]
    .filter(([name, mutants]) => scoreOf(mutants) < (floors[name] ?? 0))
    .map(
      ([name, mutants]) => `${name} has a score of ${scoreOf(mutants).toFixed(1)} %, below ${floors[name]} %`,
    );
  return [...unexplained, ...tooLow];
}

/** The sections that the page has, by their folders. */
function readSections(): [string, string][] {
  const text = existsSync(page) ? readFileSync(page, 'utf8') : '';
  return text
    .split(/^(?=## )/m)
    .slice(1)
    .map((section) => [/^## (\S+)/.exec(section)?.[1] ?? '', section.trim()]);
}
