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

/** The floors of each folder, from the top: a place imports only from those that stand on lower lines, types included. */
const floors: Record<string, readonly (readonly string[])[]> = {
  'mock-server': [
    ['main.ts'],
    ['cli'],
    ['vitest.ts'],
    ['server.ts'],
    ['app.ts'],
    ['control'],
    ['pages'],
    ['http', 'snapshots', 'watch', 'capture'],
    ['worlds'],
    ['simulation', 'faults'],
    ['edits'],
    ['resources'],
    ['records', 'attachments'],
    ['world'],
    ['store', 'requests', 'problems'],
    ['machine'],
    // What runs in a browser: it meets the rest over HTTP alone.
    ['console'],
  ],
  connector: [
    ['main.ts'],
    ['cli'],
    ['server.ts'],
    ['app.ts', 'background.ts'],
    ['config.ts'],
    ['api'],
    ['connect', 'passthrough'],
    ['actions'],
    ['status'],
    ['work', 'files', 'explain'],
    ['sync'],
    ['webhooks'],
    ['store'],
    ['models'],
    ['gem', 'policy', 'outbound'],
    ['observe'],
    ['errors.ts', 'identifiers.ts', 'log.ts'],
  ],
  contracts: [
    ['generate.ts', 'publish-pacts.ts'],
    ['rules'],
    ['harness'],
    ['drift'],
    ['server', 'page', 'promises.ts', 'vary.ts'],
    ['validator.ts', 'guesses.ts', 'report.ts', 'capture-policy.ts'],
    ['gem.ts', 'unified.ts', 'control.ts', 'choices.ts', 'formats.ts'],
    ['description.ts', 'generated', 'for-tools.ts', 'calls.ts', 'clock.ts', 'coverage.ts'],
    ['json.ts', 'lines.ts', 'stop.ts', 'while-waiting.ts'],
  ],
  seeds: [
    ['generate.ts', 'index.ts'],
    ['catalogue.ts', 'impossible-dates.ts'],
    ['from-world', 'scenarios'],
    ['scenario-file'],
    ['scenario.ts', 'scenario-name.ts'],
    ['factories', 'parameters.ts'],
    ['fields.ts', 'circles.ts'],
    ['records.ts', 'identifiers.ts', 'times.ts', 'nearest.ts'],
  ],
};

test.each(Object.keys(floors))('%s imports only from the floors below', (folder) => {
  expect(upwards(folder, importsOf(folder))).toEqual([]);
});

test.each(Object.keys(floors))('every folder and file of %s stands on a floor', (folder) => {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  const code = entries
    .filter((entry) => (entry.isDirectory() ? holdsCode(join(folder, entry.name)) : isCode(entry.name)))
    .map(({ name }) => name);
  expect(code.toSorted()).toEqual((floors[folder] ?? []).flat().toSorted());
});

test('no file imports itself by way of others, types included', () => {
  expect(circles(Object.keys(mayImport).flatMap(importsOf))).toEqual([]);
});

test('the checks see a way up and a circle', () => {
  const up = { from: 'mock-server/world/world.ts', to: 'mock-server/faults/faults.ts', isPackage: false };
  const beside = {
    from: 'mock-server/faults/kinds.ts',
    to: 'mock-server/simulation/recruiter-view.ts',
    isPackage: false,
  };
  expect(upwards('mock-server', [up, beside])).toEqual([up, beside]);
  const aside = { from: 'contracts/page/page.ts', to: 'contracts/server/mount.ts', isPackage: false };
  expect(upwards('contracts', [aside])).toEqual([aside]);
  const above = { from: 'seeds/factories/kit.ts', to: 'seeds/scenario.ts', isPackage: false };
  expect(upwards('seeds', [above, { ...above, from: above.to, to: above.from }])).toEqual([above]);
  const down = { from: up.to, to: up.from, isPackage: false };
  expect(circles([up, beside, down])).toEqual([[up.to, up.from]]);
});

test('the check sees imports at all', () => {
  expect(importsOf('mock-server')).toContainEqual({
    from: 'mock-server/server.ts',
    to: 'contracts/server/listen.ts',
    isPackage: false,
  });
});

test('the words of a command line are read without loading an emulator', () => {
  const needed = importsOf('mock-server').filter(
    ({ from, isPackage }) => from === 'mock-server/cli/arguments.ts' && !isPackage,
  );
  expect(needed.map(({ to }) => to).toSorted()).toEqual(['contracts/clock.ts', 'seeds/times.ts']);
});

const isCode = (name: string) => name.endsWith('.ts');

function holdsCode(folder: string): boolean {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).some(isCode);
}

interface Import {
  from: string;
  to: string;
  isPackage: boolean;
}

/** The imports within a folder that do not lead down from one floor to another. */
function upwards(folder: string, imports: readonly Import[]): Import[] {
  const placeOf = (file: string) => file.split('/')[1] ?? '';
  const floorOf = (file: string) =>
    (floors[folder] ?? []).findIndex((places) => places.includes(placeOf(file)));
  return imports.filter(
    ({ from, to }) =>
      to.startsWith(`${folder}/`) && placeOf(from) !== placeOf(to) && floorOf(from) >= floorOf(to),
  );
}

/** Files that import one another in a circle: each group of them that hangs together (Tarjan's algorithm). */
function circles(imports: readonly Import[]): string[][] {
  const targets = new Map<string, string[]>();
  for (const { from, to, isPackage } of imports) {
    if (!isPackage) targets.set(from, [...(targets.get(from) ?? []), to]);
  }
  const found: string[][] = [];
  const numbers = new Map<string, number>();
  const path: string[] = [];
  for (const file of targets.keys()) if (!numbers.has(file)) visit(file);
  return found;

  /** @returns the lowest number that can be reached from the file among those that are not settled */
  function visit(file: string): number {
    const own = numbers.size;
    numbers.set(file, own);
    path.push(file);
    let lowest = own;
    for (const target of targets.get(file) ?? []) {
      if (!numbers.has(target)) lowest = Math.min(lowest, visit(target));
      else if (path.includes(target)) lowest = Math.min(lowest, numbers.get(target) ?? own);
      if (target === file) found.push([file]);
    }
    if (lowest === own) {
      const group = path.splice(path.indexOf(file));
      if (group.length > 1) found.push(group.toReversed());
    }
    return lowest;
  }
}

/** Whether a file is the console as it was built. */
function isBuilt(name: string): boolean {
  return /(^|\/)console\/dist\//.test(name.replaceAll('\\', '/'));
}

const known = new Map<string, Import[]>();

function importsOf(folder: string): Import[] {
  const imports = known.get(folder) ?? readImports(folder);
  known.set(folder, imports);
  return imports;
}

function readImports(folder: string): Import[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(tsx?|js)$/.test(name) && !isBuilt(name))
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
