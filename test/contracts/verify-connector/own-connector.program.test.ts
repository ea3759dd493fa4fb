import { expect, test } from 'vitest';
import { verify } from './support/run-command.ts';

test('by default, this project’s own connector is started and connected by its page', async () => {
  const { code, stdout, stderr } = await verify(['--rule', 'first-office', '--worlds', '1', '--no-vary']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: 'world 1 of 1 (0 %)\n' });
  expect(stdout).toContain('\nthe connector of mock-gem\n');
});
