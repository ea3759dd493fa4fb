import { execFileSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { ruleNames } from '../../../contracts/harness/load-rules.ts';
import { addVerifyConnectorCommand } from '../../../mock-server/cli/verify/verify.ts';
import { startMockGem } from '../../../mock-server/server.ts';
import { loadScenario } from '../../../seeds/index.ts';
import { isBroad } from '../../support/deep.ts';
import { root } from '../../support/process.ts';
import { verify } from './support/run-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'verify-connector-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A file, and its path. */
function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function guide(name: string): string {
  return readFileSync(join(root, 'contracts/guides', name), 'utf8');
}

/** The connector of the guide, which reads users. */
const typescript = /```ts\n([\s\S]*?)```/.exec(guide('own-typescript-connector.md'))?.[1] ?? '';
const right = file('right.ts', typescript);
const wrong = file('wrong.ts', typescript.replace('last_name: user.last_name', 'last_name: user.first_name'));
const usersOnly = ['--rule', 'user-names', '--worlds', '1', '--no-vary'];

describe('what cannot be verified ends with 2 and one line that says what to do', () => {
  test.each([
    [['--rule', 'first-ofice'], 'mock-gem: no rule is called "first-ofice"; did you mean first-office?'],
    [['--rule', 'something-else'], 'mock-gem: no rule is called "something-else"; --list names them all'],
    [
      ['--replay', '0:1'],
      'mock-gem: --replay needs the --rule and the --seed that the report names beside it',
    ],
    [
      ['--variation', 'User.employe_id=missing'],
      'mock-gem: no guess is called "User.employe_id"; did you mean User.employee_id?',
    ],
    [
      ['--variation', 'times=roman'],
      'mock-gem: times may be as described, no fraction when whole, microseconds, offset, no zone, not "roman"',
    ],
    [['--variation', '7'], 'mock-gem: --variation takes guess=form, not "7"; a seed is for --seed'],
    [['--adapter', 'not-there.ts'], 'mock-gem: there is no file not-there.ts'],
    [['--command', 'exit 4'], 'mock-gem: the command ended (exit code 4): exit 4'],
    [
      ['--url', 'localhost'],
      'mock-gem: --url must be an address such as http://127.0.0.1:4020/v1, not "localhost"',
    ],
    [
      ['--url', 'http://127.0.0.1:4020/v1', '--gem-port', '0', '--key-from-env', 'MY_KEY'],
      'mock-gem: set the environment variable MY_KEY to the API key of the connector at http://127.0.0.1:4020/v1',
    ],
    [
      ['--gem', 'http://127.0.0.1:1'],
      'mock-gem: the emulator at http://127.0.0.1:1 does not answer at /_control; start one with `mock-gem serve`',
    ],
    [['--worlds', '0'], "error: option '--worlds <number>' argument '0' is invalid. It must be 1 or more."],
    [
      ['--url', 'x', '--adapter', 'y'],
      "error: option '--url <url>' cannot be used with option '--adapter <file>'",
    ],
  ])('%j', async (flags, line) => {
    expect(await verify(flags)).toEqual({ code: 2, stdout: '', stderr: `${line}\n` });
  });

  test('a connector that covers none of the rules', async () => {
    const { code, stderr } = await verify([
      '--adapter',
      right,
      '--rule',
      'first-office',
      '--worlds',
      '1',
      '--no-vary',
    ]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/\nmock-gem: nothing was observed: .*\n$/);
  });

  test('a connector that fails in a plain world', async () => {
    const failing = file(
      'failing.mjs',
      `export default { sync() { throw new Error('no\\nway') }, list() {}, act() {} }`,
    );
    const { code, stderr } = await verify(['--adapter', failing]);
    expect(code).toBe(2);
    const [first, where, ...world] = stderr.split('\n');
    expect(first).toBe('mock-gem: a FULL sync failed: no');
    // Of the stack, what lies in the adapter.
    expect(where).toMatch(/^ {4}at .*failing\.mjs:1:\d+\)?$/);
    expect(world.join('\n')).toBe(
      'The world in which it did:\n    purpose: the world in which the connector fails\n    extends: team\n',
    );
    const out = join(folder, 'failed');
    expect((await verify(['--adapter', failing, '--out', out])).stderr).toContain(join(out, 'failure.yaml'));
    const scenario = await loadScenario(join(out, 'failure.yaml'));
    expect(scenario.purpose).toBe('the world in which the connector fails');
  });

  test('a connector that does not end within --timeout', async () => {
    const hanging = file(
      'endless.mjs',
      'export default { sync: () => new Promise(() => {}), list() {}, act() {} }',
    );
    const { code, stderr } = await verify(['--adapter', hanging, '--timeout', '5 milliseconds']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^mock-gem: a FULL sync failed: it had no end within 0\.005 seconds\n/);
  });

  test('a connector with an unknown word in covers', async () => {
    const covering = (words: string) =>
      file(
        `covers-${words.length}.mjs`,
        `export default { covers: ${words}, sync() {}, list() {}, act() {} }`,
      );
    expect(await verify(['--adapter', covering("['jobs.locaton']")])).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'mock-gem: "covers" of the connector has "jobs.locaton", which is nothing; did you mean "jobs.location"?\n',
    });
    const { stderr } = await verify(['--adapter', covering("['users.something-else']")]);
    expect(stderr).toMatch(
      /has "users\.something-else", which is nothing; there are: users\.id, .*users\.first_name/,
    );
  });

  test('a command that dies during the run', async () => {
    const dying = file(
      'dying.mjs',
      `import { createInterface } from 'node:readline';
      let calls = 0;
      for await (const line of createInterface({ input: process.stdin })) {
        const { id, call } = JSON.parse(line);
        if (++calls > 80) process.exit(3);
        console.log(JSON.stringify({ id, result: call === 'list' ? [] : null }));
      }`,
    );
    const command = `"${process.execPath}" "${dying}"`;
    const { code, stderr } = await verify(['--command', command, '--rule', 'every-record', '--worlds', '3']);
    expect(stderr).toBe(`world 1 of 3 (0 %)\nmock-gem: the command ended (exit code 3): ${command}\n`);
    expect(code).toBe(2);
  });
});

test('the rules are listed by group, in lines of 80 columns', async () => {
  const { code, stdout } = await verify(['--list']);
  expect(code).toBe(0);
  for (const name of ruleNames) expect(stdout).toMatch(new RegExp(`^  ${name} +\\S`, 'm'));
  expect(stdout.match(/^\S.*$/gm)).toEqual(['reading', 'syncing', 'writing']);
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

test('rules about actions are not observed for a connector that covers no action', async () => {
  const json = join(folder, 'actions.json');
  const flags = ['--rule', 'unsupported-actions', '--rule', 'user-names', '--worlds', '1', '--no-vary'];
  expect(await verify(['--adapter', right, ...flags, '--json', json])).toMatchObject({ code: 0 });
  const { entries } = JSON.parse(readFileSync(json, 'utf8')) as { entries: { name: string }[] };
  expect(entries).toMatchObject([
    { name: 'user-names', state: 'held' },
    { name: 'unsupported-actions', state: 'not_observed', remark: 'the connector does not cover any action' },
  ]);
});

test('when the connector fails in the world of one rule alone, that rule is broken, and shows where it failed', async () => {
  const crowded = "if (users.length > 5) throw new TypeError('more users than expected');\n  kept.set(";
  const failing = file('crowded.ts', typescript.replace('kept.set(', crowded));
  const json = join(folder, 'crowded.json');
  const flags = ['--adapter', failing, ...usersOnly, '--no-shrink', '--json', json];
  const { code, stdout } = await verify(flags);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^ {4,}at readUsers \(/m);
  const { entries } = JSON.parse(readFileSync(json, 'utf8')) as { entries: { contradictions: object[] }[] };
  expect(entries[0]?.contradictions[0]).toMatchObject({
    about: 'a FULL sync',
    got: 'a FULL sync failed: more users than expected',
    trace: expect.stringMatching(/^ {4}at readUsers \(.*crowded\.ts:\d+:\d+\)$/),
  });
});

test('the report is sorted by group, too', async () => {
  const rules = ['every-record', 'user-names'].flatMap((name) => ['--rule', name]);
  const { stdout } = await verify(['--adapter', right, ...rules, '--worlds', '1', '--no-vary']);
  expect(stdout.match(/^(reading|syncing)$/gm)).toEqual(['reading', 'syncing']);
});

test('a right connector ends with 0, and every requested report is written', async () => {
  const out = join(folder, 'reports/new');
  const reports = ['junit', 'json', 'markdown', 'html'];
  const flags = reports.flatMap((form) => [`--${form}`, join(out, form)]);
  const { code, stdout, stderr } = await verify(['--adapter', right, ...usersOnly, ...flags]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: 'world 1 of 1 (0 %)\n' });
  expect(stdout).toMatch(/^ {2}✓ user-names {2}/m);
  expect(readdirSync(out).toSorted()).toEqual(reports.toSorted());
  for (const form of reports) expect(readFileSync(join(out, form), 'utf8')).toContain('user-names');
});

test('a wrong connector ends with 1, its smallest world is a scenario, and the replay command finds it again', async () => {
  const out = join(folder, 'broken');
  const first = await verify(['--adapter', wrong, ...usersOnly, '--out', out]);
  expect(first.code).toBe(1);
  expect(first.stdout).toMatch(/^ {2}✗ user-names {2}/m);
  expect(first.stdout).toMatch(/expected +│ got\n/);
  const scenario = await loadScenario(join(out, 'user-names.yaml'));
  expect(scenario.purpose).toMatch(/^the least that breaks user-names/);

  const [, shown = ''] = /To see it again:\n([\s\S]*?)\n\n/.exec(first.stdout) ?? [];
  const [, rest = ''] =
    /--adapter \S+ (.*)$/.exec(shown.replaceAll(/\n? {4}/g, ' ').replaceAll(/\s+/g, ' ')) ?? [];
  expect(rest).toMatch(/^--rule user-names --seed 1 --replay [\d:]+$/);
  const again = await verify(['--adapter', wrong, ...rest.split(' ')]);
  expect(again.code).toBe(1);
  const world = (text: string) => text.slice(text.indexOf('records:'), text.indexOf('To see it again'));
  expect(world(again.stdout)).toBe(world(first.stdout));
  expect((await verify(['--adapter', right, ...rest.split(' ')])).code).toBe(0);
});

test('without shrinking, the rule is still broken', async () => {
  const { code, stdout } = await verify(['--adapter', wrong, ...usersOnly, '--no-shrink']);
  expect(code).toBe(1);
  expect(stdout).not.toContain('The smallest world');
});

test('a running emulator is used, with the token of its control API', async () => {
  const gem = await startMockGem({ port: 0, controlToken: 'token' });
  onTestFinished(() => gem.close());
  const flags = ['--gem', gem.url, '--adapter', right, ...usersOnly];
  expect(await verify(flags)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('set MOCK_GEM_CONTROL_TOKEN'),
  });
  expect(await verify(flags, { env: { MOCK_GEM_CONTROL_TOKEN: 'token' } })).toMatchObject({ code: 0 });
  expect(gem.world.key).toBe((await gem.control.worlds())[0]?.key);
  expect(await gem.control.worlds()).toHaveLength(1);
});

test('Ctrl-C ends it with 130 and one line, and ends the adapter', async () => {
  const signals = new EventEmitter();
  const path = join(folder, 'closed');
  const hanging = file(
    'hanging.mjs',
    `import { writeFileSync } from 'node:fs';
    export default {
      sync: () => new Promise(() => globalThis.interruptVerification()),
      list: async () => [], act: async () => ({ status: 200 }),
      close: () => writeFileSync(${JSON.stringify(path)}, ''),
    };`,
  );
  Reflect.set(globalThis, 'interruptVerification', () => signals.emit('SIGINT'));
  const { code, stderr } = await verify(['--adapter', hanging], { signals });
  expect({ code, stderr }).toEqual({ code: 130, stderr: 'mock-gem: broken off\n' });
  expect(readFileSync(path, 'utf8')).toBe('');
  expect(signals.listenerCount('SIGINT')).toBe(0);
});

describe('the guides', () => {
  const python = findPython();

  test.skipIf(python === undefined || !isBroad)(
    'the connector in Python is right, and its mistake is found (skipped where there is no python3)',
    async () => {
      const rules = [...guide('adapter.py').matchAll(/--rule \S+/g)].flatMap(([flag]) => flag.split(' '));
      const command = (name: string) => [`--command`, `python3 "${name}"`, '--worlds', '1', '--no-vary'];
      const path = join(root, 'contracts/guides/adapter.py');
      expect(await verify([...command(path), ...rules])).toMatchObject({ code: 0 });
      const last = file('last.py', guide('adapter.py').replace('offices[0]', 'offices[-1]'));
      const { code, stdout } = await verify([...command(last), ...rules, '--no-shrink']);
      expect(code).toBe(1);
      expect(stdout).toMatch(/✗ first-office {2}[\s\S]*✓ first-department/);
    },
  );

  test.each(['own-typescript-connector.md', 'another-language.md', 'workflow.yml', 'adapter.py'])(
    'every option and rule in %s exists',
    (name) => {
      const command = new Command();
      addVerifyConnectorCommand(command);
      const options = command.commands[0]?.options.map(({ long }) => long) ?? [];
      const calls = [...guide(name).matchAll(/mock-gem verify connector((?: *[^\n`]+(?:\n {10}--)?)+)/g)].map(
        ([call]) => call,
      );
      expect(calls.length).toBeGreaterThan(0);
      for (const call of calls) {
        for (const [flag] of call.matchAll(/--[a-z-]+/g)) expect([...options, '--help']).toContain(flag);
        for (const [, rule] of call.matchAll(/--rule ([a-z-]+)/g)) expect(ruleNames).toContain(rule);
      }
    },
  );

  function findPython(): string | undefined {
    try {
      return execFileSync('python3', ['--version'], {
        stdio: ['ignore', 'pipe', 'ignore'],
        encoding: 'utf8',
      });
    } catch {
      return undefined;
    }
  }
});
