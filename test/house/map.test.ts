// What tells people where everything is: the README's map, the pictures and walks of the architecture, and all paths and links.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../support/process.ts';

test('the map of the README names every folder of the first two levels, and none that is not there', () => {
  expect(foldersOnMap(read('README.md'))).toEqual(foldersHere());
});

test('the floors on the architecture page are the folders that there are', () => {
  const drawn = [...read('contracts/guides/architecture.md').matchAll(/\["([^<"]+)/g)].map(
    ([, names = '']) => names,
  );
  for (const folder of ['connector', 'mock-server']) {
    const names = foldersIn(folder).map((path) => path.slice(folder.length + 1));
    const floors = drawn.flatMap((line) => line.split(' · '));
    expect(floors).toEqual(expect.arrayContaining(names));
  }
});

test.each([
  ['a list request', '### A list request', 18],
  ['a page of a sync', '### A page of a sync', 16],
])('the walk of %s is short', (_what, heading, most) => {
  const [, walk = ''] = read('contracts/guides/architecture.md').split(`${heading}\n`);
  const [table = ''] = walk.split(/^#/m);
  const files = [...table.matchAll(/^\| \d+ +\| `([^`]+)`/gm)].map(([, file = '']) => file);
  expect(files.length).toBeGreaterThan(10);
  expect(files.length).toBeLessThanOrEqual(most);
  for (const file of files) expect(existsSync(join(root, file)), file).toBe(true);
});

test('a folder that is missing on the map, or not there any more, is found', () => {
  const row = '| `connector/sync/`';
  const [before = '', after = ''] = read('README.md').split(row);
  expect(after).not.toBe('');
  expect(foldersOnMap(`${before}| ${after}`)).not.toEqual(foldersHere());
  expect(foldersOnMap(`${before}| \`connector/gone/\` | what was |\n${row}${after}`)).not.toEqual(
    foldersHere(),
  );
});

/** The folders in the first column of the map. */
function foldersOnMap(text: string): string[] {
  const [, map = ''] = /^## The map\n(.*?)^## /ms.exec(text) ?? [];
  return [...map.matchAll(/^\| `([^`]+)\/` /gm)].map(([, folder = '']) => folder).toSorted();
}

/** The folders at the top that belong to the project, and those of the source in them. */
function foldersHere(): string[] {
  const top = foldersIn('').filter((name) => name !== '.git');
  const second = top.filter((name) => !name.startsWith('.')).flatMap((name) => foldersIn(name));
  return [...top, ...second].toSorted();
}

function foldersIn(folder: string): string[] {
  const ignored = readFileSync(join(root, '.gitignore'), 'utf8').split('\n');
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !ignored.includes(`${entry.name}/`))
    .map(({ name }) => (folder === '' ? name : `${folder}/${name}`));
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** What people read of the project, apart from what is generated. */
const documents = ['.', '.github', 'contracts/facts', 'contracts/decisions', 'contracts/guides', 'contracts']
  .flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => (folder === '.' ? name : `${folder}/${name}`)),
  )
  .filter((path) => path.endsWith('.md'));

describe.each(documents)('%s', (path) => {
  const text = read(path);

  test('names only files and folders that are there', () => {
    const named = text.matchAll(
      /[`\s](?:\.\/)?((?:mock-server|connector|contracts|seeds|test|\.ci|\.github)\/[\w./-]+[\w/])(?=[`\s])/g,
    );
    for (const [, name = ''] of named) expect(existsSync(join(root, name)), name).toBe(true);
  });

  test('leads every link to a file that is there', () => {
    for (const [, target = ''] of text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g))
      expect(existsSync(join(root, dirname(path), target)), target).toBe(true);
  });
});
