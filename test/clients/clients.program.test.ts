// What other people make clients with, and run tests with, on the packed package in a folder of its own. It fetches some
// hundred packages, so only the deep run does it: `npm run test:deep -- --only clients`.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { controlDescription } from '../../contracts/control.ts';
import { forTools } from '../../contracts/for-tools.ts';
import { gemDescription } from '../../contracts/gem.ts';
import { unifiedDescription } from '../../contracts/unified.ts';
import { isDeep } from '../support/deep.ts';
import { root, run } from '../support/process.ts';

const folder = mkdtempSync(join(tmpdir(), 'mock-gem-clients-'));
const descriptions = [gemDescription, unifiedDescription, controlDescription];

/** Each generator, and how it is told to read a document and to write into a folder. */
const generators = {
  'openapi-typescript': (name: string, out: string) => [
    join(root, 'node_modules/openapi-typescript/bin/cli.js'),
    `${name}.json`,
    '-o',
    `${out}/client.ts`,
  ],
  'openapi-ts': (name: string, out: string) => [
    bin('openapi-ts'),
    '-i',
    `${name}.json`,
    '-o',
    out,
    '--silent',
  ],
  'openapi-zod-client': (name: string, out: string) => [
    bin('openapi-zod-client'),
    `${name}.json`,
    '-o',
    `${out}/client.ts`,
  ],
  orval: (name: string, out: string) => [
    bin('orval'),
    '--input',
    `./${name}.json`,
    '--output',
    `./${out}/client.ts`,
    '--client',
    'fetch',
  ],
};

describe.runIf(isDeep)('clients', () => {
  beforeAll(() => {
    for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
      cpSync(join(root, 'test/clients', file), join(folder, file));
    }
    npm(folder, 'ci', '--no-audit', '--no-fund', '--ignore-scripts');
    npm(root, 'pack', '--silent', '--pack-destination', folder);
    const archive = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
    npm(folder, 'install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', `./${archive}`);
    cpSync(join(root, 'contracts/guides/testing'), folder, { recursive: true });
    for (const { name, document } of descriptions) {
      writeFileSync(join(folder, `${name}.json`), JSON.stringify(forTools(document)));
    }
  }, 600_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const cases = descriptions.flatMap(({ name }) =>
    Object.entries(generators).map(([generator, flags]) => ({ name, generator, flags })),
  );
  test.each(cases)(
    'what $generator makes of the $name description compiles',
    async ({ name, generator, flags }) => {
      const out = `${generator}-${name}`;
      mkdirSync(join(folder, out));
      const made = await run('node', flags(name, out), { cwd: folder }).ended;
      expect(made).toMatchObject({ code: 0 });
      const config = `tsconfig.${out}.json`;
      writeFileSync(join(folder, config), JSON.stringify({ compilerOptions: strict, include: [out] }));
      const compiler = join(root, 'node_modules/typescript-7/bin/tsc');
      const compiled = await run('node', [compiler, '-p', config], { cwd: folder }).ended;
      expect(compiled).toMatchObject({ code: 0, stdout: '' });
    },
  );

  test('Jest runs the tests of the guide, in its environment and in its sandbox', async () => {
    const flags = [bin('jest'), '--testTimeout', '60000', '--testMatch'];
    const ofEnvironment = await run('node', [...flags, '**/jest.test.js'], { cwd: folder }).ended;
    expect(ofEnvironment).toMatchObject({ code: 0, stderr: expect.stringContaining('1 passed') });
    const sandboxed = ['--experimental-vm-modules', ...flags, '**/jest-modules.test.mjs'];
    expect(await run('node', sandboxed, { cwd: folder }).ended).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('1 passed'),
    });
  });

  test.each(['forks', 'threads', 'vmForks', 'vmThreads'])(
    'Vitest runs the test of the guide in %s',
    async (pool) => {
      const flags = ['run', '--pool', pool, '--testTimeout', '60000', 'vitest.test.mjs'];
      const { code, stdout } = await run('node', [bin('vitest'), ...flags], { cwd: folder }).ended;
      expect(stdout).toContain('1 passed');
      expect(code).toBe(0);
    },
  );
});

const strict = {
  strict: true,
  module: 'esnext',
  moduleResolution: 'bundler',
  target: 'es2022',
  lib: ['es2022', 'dom', 'dom.iterable'],
  types: [],
  noEmit: true,
  skipLibCheck: true,
};

function bin(name: string): string {
  return join(folder, 'node_modules/.bin', name);
}

function npm(cwd: string, ...flags: string[]): void {
  execFileSync('npm', flags, { cwd, stdio: 'pipe', shell: process.platform === 'win32' });
}
