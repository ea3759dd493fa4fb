// A newcomer does what the documents say, word by word: in a clone, and in a folder that is empty but for the packed file.
// It takes minutes and the usual ports, so it is part of the deep run alone.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isDeep } from '../support/deep.ts';
import { documents, stepsOf, type Step } from '../support/documents.ts';
import { root } from '../support/process.ts';
import { Reader } from '../support/reader.ts';

const minutes = 60_000;

describe.skipIf(!isDeep)('whoever does what the documents say (with DEEP=1 only)', () => {
  const base = join(tmpdir(), `mock-gem-newcomer-${process.pid}`);
  const [clone, project] = [join(base, 'mock-gem'), join(base, 'project')];
  const reader = new Reader();

  beforeAll(() => {
    mkdirSync(project, { recursive: true });
    const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
    });
    for (const file of files.trim().split('\n')) {
      mkdirSync(dirname(join(clone, file)), { recursive: true });
      if (existsSync(join(root, file))) cpSync(join(root, file), join(clone, file));
    }
  });
  afterAll(async () => {
    await reader.stop();
    rmSync(base, { recursive: true, force: true });
  }, 10 * minutes);

  const [readme, ...guides] = documents;
  const start = stepsOf(readme ?? '').filter(inClone);

  test('in a clone: starts it, and packs it', { timeout: 15 * minutes }, async () => {
    expect(start.length).toBeGreaterThan(1);
    for (const step of stepsOf(readme ?? '')) {
      // The tests are what is running here.
      if (inClone(step) && !step.text.includes('npm test')) await reader.run(step.text, clone);
      if (step.is === 'output' && reader.isServing) reader.compare(step.lines);
    }
    await reader.stop();
    expect(readdirSync(base)).toContain(`mock-gem-${versionOf('mock-gem')}.tgz`);
  });

  test('in a project: README.md', { timeout: 40 * minutes }, async () => {
    // Whoever comes to the harness has read its guide.
    const own = stepsOf('contracts/guides/own-typescript-connector.md');
    for (const step of own) if (step.is === 'file' && step.name === 'adapter.ts') write(step);
    // The newest may want packages that have not come out.
    const overrides = { vite: versionOf('vite') };
    const description = { scripts: { test: 'vitest run' }, overrides };
    writeFileSync(join(project, 'package.json'), JSON.stringify(description));
    for (const step of stepsOf(readme ?? '')) {
      if (!inClone(step) && !isForDocker(step) && step.is !== 'output') await take(step);
    }
    await reader.stop();
    expect(reader.count).toBeGreaterThan(20);
  });

  test.each(guides)('in a project: %s', { timeout: 20 * minutes }, async (path) => {
    for (const name of readdirSync(project)) {
      if (!/^(node_modules|package.*\.json)$/.test(name)) rmSync(join(project, name), { recursive: true });
    }
    for (const step of stepsOf(path)) {
      if (step.is === 'commands' && step.text.includes('./broken/')) await breakSomething();
      await take(step);
    }
    await reader.stop();
    expect(readdirSync(project)).toContain('node_modules');
  });

  test('in a project: what --help shows', { timeout: 20 * minutes }, async () => {
    for (const command of ['', 'serve', 'dev', 'scenario', 'verify gem']) {
      for (const name of readdirSync(project)) if (name.endsWith('.yaml')) rmSync(join(project, name));
      await reader.run(`npx mock-gem ${command} --help`, project);
      const [, examples = ''] = reader.printed.split(/^Examples?:$/m);
      // Behind two blanks stands what it does.
      const lines = [...examples.matchAll(/^ {2}((?:mock-gem|curl) (?:\S| (?! ))+)/gm)].map(
        ([, line = '']) => line,
      );
      expect(lines.length, command).toBeGreaterThan(0);
      for (const line of lines) {
        if (line.startsWith('curl')) await reader.runBeside(line, project);
        else await reader.run(`npx ${line}`, project);
      }
    }
    await reader.stop();
  });

  async function take(step: Step): Promise<void> {
    if (step.is === 'file') write(step);
    else if (step.is === 'commands') await reader.run(step.text, project);
    else if (step.is === 'output') reader.compare(step.lines);
    else if (reader.isServing) await reader.call(step);
  }

  function write({ name, text }: { name: string; text: string }): void {
    writeFileSync(join(project, name), text);
  }

  /** The mistake that the guide speaks of: what is found is written down. */
  async function breakSomething(): Promise<void> {
    const file = join(project, 'adapter.ts');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('last_name: user.last_name', 'last_name: user.first_name'));
    const command = 'npx mock-gem verify connector --adapter ./adapter.ts --rule user-names --out broken';
    await reader.run(`${command} || [ $? = 1 ]`, project);
    writeFileSync(file, text);
  }
});

function inClone(step: Step): step is Extract<Step, { is: 'commands' }> {
  return step.is === 'commands' && step.text.startsWith('npm ci && npm');
}

/** There need not be a Docker where the tests run. */
function isForDocker(step: Step): boolean {
  return step.is === 'commands' && step.text.startsWith('docker ');
}

/** The version of a package that this project's lock file names, or its own. */
function versionOf(name: string): string {
  const { packages, ...own } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    version: string;
    packages: Record<string, { version: string }>;
  };
  return packages[`node_modules/${name}`]?.version ?? own.version;
}
