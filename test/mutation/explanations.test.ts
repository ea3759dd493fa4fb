import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../support/process.ts';
import { explanations } from './explanations.ts';

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
