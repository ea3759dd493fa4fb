// Webhooks of the command, which come from the environment.
import { expect, test } from 'vitest';
import { oneOfEach } from '../../support/gem-records.ts';
import { root, run } from '../../support/process.ts';
import { startStubGem } from '../../support/stub-gem.ts';
import { expectGenuine, startReceiver } from './support/receiver.ts';
import { secret } from './support/scene.ts';

const main = `${root}/connector/main.ts`;
const flags = [main, '--in-memory', '--port', '0'];

test('the command tells its webhook of the first sync, and nobody of the secret', async () => {
  const [stub, receiver] = [await startStubGem(oneOfEach()), await startReceiver()];
  const command = run(
    'node',
    [
      ...flags,
      '--gem-url',
      stub.url,
      '--acting-user',
      'user-1',
      '--allow-private-addresses',
      '--check-every',
      '1',
    ],
    { env: { GEM_API_KEY: 'any', CONNECTOR_WEBHOOK_URL: receiver.url, CONNECTOR_WEBHOOK_SECRET: secret } },
  );
  await receiver.reached(4);
  const types = ['integration-created', 'data-changed', 'integration-state-changed', 'sync-finished'];
  expect(receiver.types().toSorted()).toEqual(types.toSorted());
  for (const received of receiver.received) await expectGenuine(received, secret);
  command.child.kill('SIGTERM');
  const { code, stdout, stderr } = await command.ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).not.toContain(secret);
});

test.each([
  [
    'a secret that is missing',
    { CONNECTOR_WEBHOOK_URL: 'https://receiver.example/' },
    /CONNECTOR_WEBHOOK_SECRET/,
  ],
  [
    'an address that is not public',
    { CONNECTOR_WEBHOOK_URL: 'http://127.0.0.1:9/?token=hidden-word', CONNECTOR_WEBHOOK_SECRET: secret },
    /--allow-private-addresses/,
  ],
])('the command does not start with %s, and says what to do', async (_, env, message) => {
  const { code, stderr } = await run('node', flags, { env: { GEM_API_KEY: '', ...env } }).ended;
  expect(code).toBe(1);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/hidden-word|signs events/);
});
