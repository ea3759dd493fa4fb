import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, resolve, dirname } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** What each folder may import from, besides packages (the design's one-way street). */
const mayImport: Record<string, readonly string[]> = {
  contracts: ['contracts'],
  seeds: ['contracts', 'seeds'],
  'mock-server': ['contracts', 'seeds', 'mock-server'],
  connector: ['contracts', 'connector'],
};

const pureFolders = ['connector/models', 'connector/policy'];
const pure = [...pureFolders.map((folder) => `${folder}/`), 'connector/identifiers.ts'];

test.each(Object.keys(mayImport))('%s imports only what it may', (folder) => {
  const wrong = importsOf(folder).filter(({ to, isPackage }) => {
    if (isPackage || to === 'package.json') return false;
    return !mayImport[folder]?.some((allowed) => to.startsWith(`${allowed}/`));
  });
  expect(wrong).toEqual([]);
});

test.each(pureFolders)('%s does no input or output', (folder) => {
  const wrong = importsOf(folder).filter(({ to, isPackage }) =>
    isPackage
      ? /^(node:(fs|net|http|child_process|timers)|ky|kysely|express|@electric-sql)/.test(to)
      : !to.startsWith('contracts/') && !pure.some((place) => to.startsWith(place)),
  );
  expect(wrong).toEqual([]);
});

test('the check sees imports at all', () => {
  expect(importsOf('mock-server')).toContainEqual({
    from: 'mock-server/server.ts',
    to: 'contracts/server/listen.ts',
    isPackage: false,
  });
});

function importsOf(folder: string): { from: string; to: string; isPackage: boolean }[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|js)$/.test(name))
    .flatMap((name) => {
      const file = join(root, folder, name);
      const specifiers = [...readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)];
      return specifiers.map(([, specifier = '']) => {
        const isPackage = !specifier.startsWith('.');
        const to = isPackage ? specifier : relative(root, resolve(dirname(file), specifier));
        return { from: relative(root, file), to, isPackage };
      });
    });
}
