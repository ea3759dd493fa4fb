import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ruleNames } from '../../contracts/harness/load-rules.ts';
import { root, run } from '../support/process.ts';

// The oldest Node that package.json promises.
const oldestNode = '22.18.0';

test(`the packed package works in another folder on Node ${oldestNode}`, { timeout: 240_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mock-gem-package-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  npm(root, 'pack', '--silent', '--pack-destination', folder);
  const [archive = ''] = readdirSync(folder);
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, allowScripts: { [`node@${oldestNode}`]: true } }),
  );
  npm(
    folder,
    'install',
    '--silent',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    `./${archive}`,
    `node@${oldestNode}`,
  );

  const path = `${join(folder, 'node_modules/.bin')}:${process.env['PATH']}`;
  const version = run('node_modules/.bin/node', ['--version'], { cwd: folder });
  expect((await version.ended).stdout.trim()).toBe(`v${oldestNode}`);
  writeFileSync(
    join(folder, 'use.mjs'),
    `import { startMockGem } from 'mock-gem';
    import { connectToMockGem } from 'mock-gem/client';
    import { loadRules } from 'mock-gem/harness';
    const gem = await startMockGem({ port: 0, scenario: 'hiring-week' });
    const response = await fetch(gem.url + '/ats/v0/offices', { headers: { 'X-API-Key': gem.apiKey } });
    const world = await connectToMockGem(gem.url).openWorld({ scenario: 'empty' });
    const { scenario } = (await world.state()).recipe;
    const rules = await loadRules();
    console.log(response.status, scenario, import.meta.resolve('mock-gem/vitest').endsWith('vitest.js'), rules.length);
    await gem.close();`,
  );
  const use = run('node_modules/.bin/node', ['use.mjs'], { cwd: folder });
  expect(await use.ended).toEqual({ code: 0, stdout: `200 empty true ${ruleNames.length}\n`, stderr: '' });

  for (const guide of ['node-test.mjs', 'commonjs.cjs']) {
    cpSync(join(root, 'contracts/guides/testing', guide), join(folder, guide));
  }
  const tests = run('node_modules/.bin/node', ['--test', 'node-test.mjs', 'commonjs.cjs'], { cwd: folder });
  expect(await tests.ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/pass 2\n/) });

  const installed = join(folder, 'node_modules/mock-gem');
  expect(exportedFiles(installed).filter((path) => !existsSync(join(installed, path)))).toEqual([]);
  expect(foreignTypes(installed)).toEqual([]);
  writeFileSync(join(folder, 'use.mts'), typed);
  const options = ['--strict', '--exactOptionalPropertyTypes', '--noEmit', '--skipLibCheck', 'false'];
  const types = ['--lib', 'es2024,dom', '--types', '', '--module', 'nodenext', '--ignoreConfig'];
  const compiler = join(root, 'node_modules/typescript-7/bin/tsc');
  const compiled = run('node', [compiler, ...options, ...types, 'use.mts'], { cwd: folder });
  expect(await compiled.ended).toEqual({ code: 0, stdout: '', stderr: '' });

  const flags = ['dev', '--json', '--gem-port', '0', '--connector-port', '0'];
  const dev = run('node_modules/.bin/mock-gem', flags, { cwd: folder, env: { PATH: path } });
  const ready = JSON.parse(await dev.line((line) => line.startsWith('{'))) as {
    connector: { url: string; api_key: string; integration_id: string };
  };
  const response = await fetch(`${ready.connector.url}/ats/users`, {
    headers: {
      Authorization: `Bearer ${ready.connector.api_key}`,
      'X-Integration-Id': ready.connector.integration_id,
    },
  });
  expect(await response.json()).toMatchObject({ status: 'success' });
  dev.child.kill('SIGINT');
  expect(await dev.ended).toMatchObject({ code: 0, stderr: '' });
});

/** Every file that the package offers, types too. */
function exportedFiles(installed: string): string[] {
  const { exports } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
    exports: Record<string, string | Record<string, string>>;
  };
  return Object.values(exports).flatMap((target) =>
    typeof target === 'string' ? [target] : Object.values(target),
  );
}

function npm(cwd: string, ...flags: string[]): void {
  execFileSync('npm', flags, { cwd, stdio: 'pipe', shell: process.platform === 'win32' });
}

/** What declarations speak of that is not the package's own; Vitest is there where its helper is used. */
function foreignTypes(installed: string): string[] {
  const declarations = readdirSync(join(installed, 'dist'), { recursive: true, encoding: 'utf8' });
  return declarations
    .filter((name) => name.endsWith('.d.ts'))
    .flatMap((name) => {
      const text = readFileSync(join(installed, 'dist', name), 'utf8');
      const named = text.matchAll(/^(?!\s*\*).*(?:from|import\()\s*['"]([^.'"][^'"]*)['"]/gm);
      return [...named].map(([, found]) => `${name}: ${found}`);
    })
    .filter((found) => !found.endsWith(': vitest'));
}

/** Everything that the package exports but the helper for Vitest, and names that do not exist. */
const typed = `
import { startMockGem, type GemSchemas } from 'mock-gem';
import { connectToMockGem, type SteeredWorld } from 'mock-gem/client';
import { startConnector, type Connector } from 'mock-gem/connector';
import { loadRules, type Adapter } from 'mock-gem/harness';

export const connector: Promise<Connector> = startConnector();
export const rules = loadRules();
export type { Adapter, GemSchemas };
const gem = await startMockGem({ scenario: 'default', switches: { same_person: 'create' } });
const world: SteeredWorld = await gem.openWorld({ scenario: './cases/mine.yaml' });
await world.faults.arm({ fault: 'status', status: 503, match: { operation: 'listJobs' } });
await connectToMockGem(gem.url).openWorld({ scenario: 'hiring-week' });
// @ts-expect-error no scenario
await startMockGem({ scenario: 'defualt' });
// @ts-expect-error no switch
await gem.openWorld({ switches: { same_persn: 'create' } });
// @ts-expect-error no fault
await world.faults.arm({ fault: 'stauts', status: 503 });
// @ts-expect-error no operation
await world.requests.find({ operation: 'listJob' });
`;
