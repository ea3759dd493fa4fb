import { expect, test } from 'vitest';
import { captured } from '../../support/captured.ts';
import { startGem } from '../../support/gem.ts';
import { verify } from './support/run-command.ts';

test('by default, this project’s own connector is started and connected by its page', async () => {
  const { code, stdout, stderr } = await verify(['--rule', 'first-office', '--worlds', '1', '--no-vary']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: 'world 1 of 1 (0 %)\n' });
  expect(stdout).toContain('\nthe connector of mock-gem\n');
});

test('it is verified in worlds that hold a captured account, whose offices lie in countries of all sorts', async () => {
  const { folder } = await captured(await startGem({ scenario: 'default' }));
  const rules = ['--rule', 'office-address', '--rule', 'personal-emails'];
  const scenario = `${folder}/scenario.yaml`;
  const few = ['--worlds', '1', '--no-vary'];
  const { code, stdout } = await verify([...rules, ...few, '--scenario', scenario]);
  expect(stdout).toContain('2 held');
  expect(code).toBe(0);
}, 240_000);
