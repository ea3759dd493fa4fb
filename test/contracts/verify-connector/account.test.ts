// `mock-gem verify connector --scenario`: the made-up worlds hold an account as well, such as a captured one.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { captured } from '../../support/captured.ts';
import { startGem } from '../../support/gem.ts';
import { root } from '../../support/process.ts';
import { verify } from './support/run-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'account-'));
afterAll(() => rmSync(folder, { recursive: true }));

const guide = readFileSync(join(root, 'contracts/guides/own-typescript-connector.md'), 'utf8');
/** The connector of the guide, which reads users. */
const [, right = ''] = /```ts\n([\s\S]*?)```/.exec(guide) ?? [];

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const users = ['--rule', 'user-names', '--worlds', '1', '--no-vary', '--seed', '1'];
/** Somebody whom no rule makes up. */
const account = file(
  'account.yaml',
  "purpose: ours\nextends: nothing\nrecords: { users: [{ first_name: Ann, last_name: 'of Ours' }] }\n",
);

test('the rules are judged on the records of the account as well', async () => {
  const adapter = file('right.ts', right);
  const comparedIn = async (...flags: string[]) => {
    const { code, stdout } = await verify(['--adapter', adapter, ...users, ...flags]);
    expect(code).toBe(0);
    return Number(/— (\d+) compared/.exec(stdout.replaceAll(/\s+/g, ' '))?.[1]);
  };
  const [alone, beside, twice] = [
    await comparedIn(),
    await comparedIn('--scenario', account),
    await comparedIn('--scenario', 'team'),
  ];
  expect(beside).toBeGreaterThan(alone);
  // The same team once more: its ids, which each world counts up, are others.
  expect(twice).toBeGreaterThan(beside);
});

test('what breaks by the account alone is found, and the command that shows it again names the account', async () => {
  const broken = right.replace('last_name: user.last_name', "last_name: user.last_name?.replace('of', 'Of')");
  expect(broken).not.toBe(right);
  const flags = ['--adapter', file('broken.ts', broken), ...users];
  expect((await verify(flags)).code).toBe(0);
  const { code, stdout } = await verify([...flags, '--scenario', account]);
  expect(code).toBe(1);
  expect(stdout).toContain('of Ours');
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(`--scenario ${account}`);
});

test('a connector that fails at the account is told with it', async () => {
  const failing = file(
    'failing.mjs',
    `export default { sync() { throw new Error('no way') }, list() {}, act() {} }`,
  );
  const { code, stderr } = await verify(['--adapter', failing, ...users, '--scenario', account]);
  expect(code).toBe(2);
  expect(stderr).toContain(`The world in which it did, beside ${account}:`);
});

test.each([
  ['diffault', 'mock-gem: no scenario is called "diffault"; did you mean "default"?'],
  ['./nowhere.yaml', 'mock-gem: there is no file nowhere.yaml'],
])('an account %s that cannot be had ends with 2', async (scenario, line) => {
  const { code, stderr } = await verify(['--scenario', scenario]);
  expect({ code, stderr }).toEqual({ code: 2, stderr: `${line}\n` });
});

test('a captured account, as the command reads it', async () => {
  const gem = await startGem({ scenario: 'deleted-users' });
  const copy = await captured(gem);
  const flags = ['--adapter', file('again.ts', right), ...users];
  const scenario = join(copy.folder, 'scenario.yaml');
  expect(await verify([...flags, '--scenario', scenario])).toMatchObject({ code: 0 });
  expect(await verify([...flags, '--scenario', join(copy.folder, 'snapshot.json')])).toMatchObject({
    code: 0,
  });
});
