import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

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

test('the changelog begins with the version of the package', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const [, newest] = /^## (\S+)/m.exec(readFileSync(join(root, 'CHANGELOG.md'), 'utf8')) ?? [];
  expect(newest).toBe(version);
});

test('continuous integration runs the README’s own set-up and test commands', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const script = readFileSync(join(root, '.ci/run'), 'utf8');
  expect(readme).toContain('npm ci && npm test');
  expect(script.split('\n')).toContain('npm ci && npm test');
});

test('every option of a command stands in its table, which feeds type, flag, default, variable and help', () => {
  expect(optionsBesideTables("program.command('a').option('--json', 'as JSON')")).toEqual(['.option(']);
  expect(optionsBesideTables('command.addOption(new Option("--json"))')).toEqual(['.addOption(']);
  const aside = filesOf(['connector', 'mock-server']).filter(
    ({ path }) => optionsBesideTables(readFileSync(join(root, path), 'utf8')).length > 0,
  );
  expect(aside.map(({ path }) => path)).toEqual([]);
});

/** The calls of the command-line library that add an option by hand. */
function optionsBesideTables(source: string): string[] {
  return [...source.matchAll(/\.(?:option|requiredOption|addOption)\(/g)].map(([call]) => call);
}

/** The bounds that keep one thing in one file, and a folder on one screen. The console is counted by itself: its parts are pages. */
const bounds = { files: 781, consoleFiles: 110, lines: 350, smallFiles: 40, siblings: 25 };

const consoleFolder = 'mock-server/console/';

test('files are neither long nor tiny, and folders hold no crowd', () => {
  const files = filesOf(['connector', 'contracts', 'mock-server', 'seeds', 'test']);
  expect(files.length).toBeGreaterThan(800);
  expect(broken(files)).toEqual([]);
});

describe('the bounds notice', () => {
  const file = (path: string, lines = 60): CountedFile => ({ path, lines });
  const many = (count: number, path: (number: number) => string, lines?: number) =>
    Array.from({ length: count }, (_, number) => file(path(number), lines));

  test.each<[string, CountedFile[], string[]]>([
    ['a long file', [file('seeds/a.ts', 351)], ['seeds/a.ts has 351 lines']],
    ['a long test', [file('test/a.test.ts', 351)], ['test/a.test.ts has 351 lines']],
    ['a crowd', many(26, (number) => `seeds/${number}.ts`), ['seeds holds 26 files']],
    ['tiny files', many(40, (number) => `seeds/${number}/a.ts`, 24), ['40 sources are under 25 lines']],
    [
      'many files',
      many(bounds.files + 1, (number) => `seeds/${number}/a.ts`),
      [`there are ${bounds.files + 1} sources`],
    ],
    [
      'a large console',
      many(bounds.consoleFiles + 1, (number) => `${consoleFolder}${number}/a.tsx`),
      [`the console has ${bounds.consoleFiles + 1} files`],
    ],
  ])('%s', (_what, files, complaints) => {
    expect(broken(files)).toEqual(complaints);
  });

  test('nothing within them', () => {
    const tests = many(70, (number) => `test/${number}/a.test.ts`, 10);
    expect(broken([...many(25, (number) => `seeds/${number}.ts`, 350), ...tests])).toEqual([]);
  });
});

interface CountedFile {
  path: string;
  lines: number;
}

/** What is beyond the bounds. Tests may be as small as they like, and as many. */
function broken(files: readonly CountedFile[]): string[] {
  const sources = files.filter(({ path }) => !path.startsWith('test/'));
  const ofConsole = sources.filter(({ path }) => path.startsWith(consoleFolder)).length;
  const others = sources.length - ofConsole;
  const tiny = sources.filter(({ lines }) => lines < 25);
  const siblings = Map.groupBy(files, ({ path }) => path.slice(0, path.lastIndexOf('/')));
  return [
    ...files.flatMap(({ path, lines }) => (lines > bounds.lines ? [`${path} has ${lines} lines`] : [])),
    ...[...siblings].flatMap(([folder, { length }]) =>
      length > bounds.siblings ? [`${folder} holds ${length} files`] : [],
    ),
    ...(tiny.length < bounds.smallFiles ? [] : [`${tiny.length} sources are under 25 lines`]),
    ...(others <= bounds.files ? [] : [`there are ${others} sources`]),
    ...(ofConsole <= bounds.consoleFiles ? [] : [`the console has ${ofConsole} files`]),
  ];
}

/** The files of code that somebody wrote. */
function filesOf(folders: readonly string[]): CountedFile[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        join(folder, name).replaceAll(sep, '/'),
      ),
    )
    .filter(
      (path) =>
        /\.(tsx?|js|css)$/.test(path) &&
        !/(\/generated\/|\.d\.ts$|\/node_modules\/|\/console\/dist\/)/.test(path),
    )
    .map((path) => ({ path, lines: readFileSync(join(root, path), 'utf8').split('\n').length - 1 }));
}
