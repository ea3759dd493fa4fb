import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../support/process.ts';
import { explanations } from './explanations.ts';
import { readSection, scoreOf, sectionOf } from './page.ts';

test.each(explanations)('$file still has $original, whose mutant is explained', ({ file, original }) => {
  const path = join(root, file);
  expect(existsSync(path)).toBe(true);
  // The report gives a change that goes over lines as one line.
  const onOneLine = (text: string) => text.replaceAll(/\s+/g, ' ');
  expect(onOneLine(readFileSync(path, 'utf8'))).toContain(onOneLine(original));
});

test('nothing is explained twice', () => {
  const names = explanations.map(({ file, original, replacement }) =>
    [file, original, replacement].join(' '),
  );
  expect(new Set(names).size).toBe(names.length);
});

const sections = readFileSync(join(root, 'test/mutation.md'), 'utf8').split(/^## /m).slice(1);

test.each(sections.map((section) => [section.split('\n', 1)[0] ?? '', section] as const))(
  'the section of %s is read as it was written, so that files that are not run stay on the page',
  (folder, section) => {
    const results = readSection(folder, section);
    expect(readSection(folder, sectionOf(folder, results))).toEqual(results);
    const score = section.match(/\*\*all\*\*.* ([\d.]+) %/)?.[1];
    expect(scoreOf(results).toFixed(1)).toBe(score);
    const lines = section.match(/^- /gm) ?? [];
    expect(results.flatMap(({ survivors }) => survivors)).toHaveLength(lines.length);
  },
);
