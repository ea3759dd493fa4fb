import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { once, repeated } from '../deep/suites.ts';
import { root } from '../support/process.ts';

const suites = Object.values({ ...once, ...repeated });

test('every file that has more in a deep run is in one', () => {
  const deeper = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .map((name) => join('test', name).replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.test.ts') && file !== 'test/house/deep.test.ts')
    .filter((file) => /support\/(deep|mutants)\.ts'|'DEEP/.test(readFileSync(join(root, file), 'utf8')));
  expect(deeper.length).toBeGreaterThan(20);
  expect(deeper.filter((file) => !suites.includes(file))).toEqual([]);
});

test('a deep run finds its files', () => {
  expect(suites.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  expect(new Set(suites).size).toBe(suites.length);
});
