import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { floors, reasonFor } from './explanations.ts';
import { type FileResult, readSection, resultOf, scoreOf, sectionOf } from './page.ts';
import { readReports } from './report.ts';

const page = new URL('../mutation.md', import.meta.url);

const introduction = `# Mutation testing

What \`npm run test:mutation\` last found: Stryker changes the sources in small ways, and the tests should notice each change. Folders
and files that are not here were not measured. This page is generated; the reasons stand in
\`test/mutation/explanations.ts\`.`;

/**
 * Rewrites the page from the reports in a folder. What it says of files that were not run, and are still there, stays.
 *
 * @returns what is wrong: survivors that nobody has explained, and folders below their floor
 */
export function summarise(folder: string): string[] {
  const reports = readReports(folder);
  const sections = new Map(readSections());
  for (const [name, mutants] of reports) {
    const now = [...Map.groupBy(mutants, ({ file }) => file)].map(([file, own]) => resultOf(file, own));
    const before = (sections.get(name) ?? []).filter(
      ({ file }) => existsSync(file) && !now.some((one) => one.file === file),
    );
    sections.set(name, [...before, ...now]);
  }
  const ordered = [...sections].toSorted(([one], [other]) => (one < other ? -1 : 1));
  const written = ordered.map(([name, results]) => sectionOf(name, results));
  writeFileSync(page, `${[introduction, ...written].join('\n\n')}\n`);

  const unexplained = [...reports.values()]
    .flat()
    .filter((mutant) => mutant.fate === 'survived' && reasonFor(mutant) === undefined)
    .map(
      ({ file, line, original, replacement }) =>
        `${file}:${line} is not explained: ${original} -> ${replacement}`,
    );
  const tooLow = [...reports.keys()].flatMap((name) => {
    const score = scoreOf(sections.get(name) ?? []);
    const floor = floors[name] ?? 0;
    return score < floor ? [`${name} has a score of ${score.toFixed(1)} %, below ${floor} %`] : [];
  });
  return [...unexplained, ...tooLow];
}

/** The sections that the page has, by their folders. */
function readSections(): [string, FileResult[]][] {
  const text = existsSync(page) ? readFileSync(page, 'utf8') : '';
  return text
    .split(/^(?=## )/m)
    .slice(1)
    .map((section) => {
      const folder = /^## (\S+)/.exec(section)?.[1] ?? '';
      return [folder, readSection(folder, section)];
    });
}
