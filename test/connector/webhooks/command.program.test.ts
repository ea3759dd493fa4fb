// Webhooks of the command, which come from the environment.
import { expect, test } from 'vitest';
import { oneOfEach } from '../../support/gem-records.ts';
import { root, run } from '../../support/process.ts';
import { startStubGem } from '../../support/stub-gem.ts';
import { expectGenuine, startReceiver } from './support/receiver.ts';
import { secret } from './support/scene.ts';

const main = `${root}/connector/main.ts`;
const apiKey = 'mgc_key-of-the-webhook-test';
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

test('the command signs with the secret before as well, and gives a receiver as long as it is told to', async () => {
  const [stub, receiver] = [await startStubGem(oneOfEach()), await startReceiver()];
  // It never answers.
  receiver.reply = () => {};
  const before = 'the secret before, which signs events too';
  const command = run(
    'node',
    [
      ...flags,
      ...`--gem-url ${stub.url} --acting-user user-1 --allow-private-addresses --check-every 1`.split(' '),
      '--delivery-time-limit',
      '1',
    ],
    {
      env: {
        GEM_API_KEY: 'any',
        CONNECTOR_API_KEY: apiKey,
        CONNECTOR_WEBHOOK_URL: receiver.url,
        CONNECTOR_WEBHOOK_SECRET: secret,
        CONNECTOR_PREVIOUS_WEBHOOK_SECRET: before,
      },
    },
  );
  await receiver.reached(1);
  const [first] = receiver.received;
  if (!first) throw new Error('nothing came');
  const signatures = String(first.headers['x-mock-gem-signatures']).split(' ');
  expect(signatures).toHaveLength(2);
  await expectGenuine(first, before);
  for (const [index, right] of [before, secret].entries()) {
    await expectGenuine({ ...first, signature: signatures[index] ?? '' }, right);
  }

  const [, apiUrl] =
    /(http:\/\/127\.0\.0\.1:\d+\/v1)/.exec(await command.line((line) => line.includes('/v1'))) ?? [];
  const tries = async () => {
    const headers = { Authorization: `Bearer ${apiKey}` };
    const answer = await fetch(`${apiUrl}/webhooks/deliveries`, { headers });
    const { data } = (await answer.json()) as { data: { results: { tries: Try[] }[] } };
    return data.results.flatMap((delivery) => delivery.tries);
  };
  await expect.poll(tries, { timeout: 30_000 }).not.toEqual([]);
  const [one] = await tries();
  // Without the flag it would be ten seconds.
  expect(one).toMatchObject({ status: null, problem: 'it took too long' });
  expect(one?.milliseconds).toBeLessThan(8000);
  command.child.kill('SIGTERM');
  const { stdout, stderr } = await command.ended;
  for (const one of [secret, before]) expect(stdout + stderr).not.toContain(one);
});

interface Try {
  status: number | null;
  problem: string | null;
  milliseconds: number;
}

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
