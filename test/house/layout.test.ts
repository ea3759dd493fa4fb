import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

test('the top level holds what it was fixed to, and nothing else', () => {
  const ignored = readFileSync(join(root, '.gitignore'), 'utf8').split('\n');
  const here = readdirSync(root).filter((name) => !name.startsWith('.') && !ignored.includes(`${name}/`));
  expect(here.filter((name) => !name.endsWith('.tgz')).toSorted()).toEqual(
    [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'connector',
      'contracts',
      'mock-server',
      'package-lock.json',
      'package.json',
      'seeds',
      'test',
      'tsconfig.json',
    ].toSorted(),
  );
});

test('every file and folder that the README names exists', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const named = [...readme.matchAll(/`((?:mock-server|connector|contracts|seeds|test|\.ci)\/[\w./-]*)`/g)];
  expect(named.length).toBeGreaterThan(8);
  for (const [, path = ''] of named) expect(existsSync(join(root, path)), path).toBe(true);
});

test('every script that the README tells to run exists', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const named = [
    ...readme.matchAll(/npm (?:run )?(start|test|mock|connector|generate|check|format|build|bench)\b/g),
  ];
  expect(named.length).toBeGreaterThan(3);
  for (const [, name = ''] of named) expect(scripts).toHaveProperty(name);
});

test('continuous integration runs the README’s own set-up and test commands', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const script = readFileSync(join(root, '.ci/run'), 'utf8');
  expect(readme).toContain('npm ci && npm test');
  expect(script.split('\n')).toContain('npm ci && npm test');
});
