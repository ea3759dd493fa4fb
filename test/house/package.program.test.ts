import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ruleNames } from '../../contracts/harness/catalogue.ts';
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

  const installed = join(folder, 'node_modules/mock-gem');
  expect(exportedFiles(installed).filter((path) => !existsSync(join(installed, path)))).toEqual([]);
  expect(foreignTypes(installed)).toEqual([]);

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
  execFileSync('npm', flags, { cwd, stdio: 'pipe' });
}

/** The packages of which declarations speak, though they do not come along, or come without declarations of their own. */
function foreignTypes(installed: string): string[] {
  const { dependencies, peerDependencies } = JSON.parse(
    readFileSync(join(installed, 'package.json'), 'utf8'),
  ) as Record<'dependencies' | 'peerDependencies', Record<string, string>>;
  const known = new Set([...Object.keys(dependencies), ...Object.keys(peerDependencies), 'mock-gem']);
  for (const untyped of ['express', 'multer', 'pg']) known.delete(untyped);
  const declarations = readdirSync(join(installed, 'dist'), { recursive: true, encoding: 'utf8' });
  return declarations
    .filter((name) => name.endsWith('.d.ts'))
    .flatMap((name) => {
      const text = readFileSync(join(installed, 'dist', name), 'utf8');
      return [...text.matchAll(/^(?:import|export)\b[^'\n]*from '((?:@[\w-]+\/)?[a-z][\w.-]*)/gm)]
        .map(([, found = '']) => found)
        .filter((found) => !found.startsWith('node') && !known.has(found))
        .map((found) => `${name}: ${found}`);
    });
}
