import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { automaticSourceOf, createCommand, type Options } from '../../../connector/cli/options.ts';
import { lockDirectory } from '../../../connector/store/lock-directory.ts';
import { startMockGem } from '../../../mock-server/server.ts';
import { placeOnPostgres } from '../../support/databases.ts';
import { startStubGem } from '../../support/stub-gem.ts';
import { root, run } from '../../support/process.ts';

const main = `${root}/connector/main.ts`;
const apiKey = 'mgc_key-of-the-command-test';

async function startGem() {
  const gem = await startMockGem({ port: 0 });
  onTestFinished(gem.close);
  const { databaseUrl, encryptionKey } = await placeOnPostgres();
  const env = {
    GEM_API_KEY: gem.apiKey,
    GEM_APPLICATION_SECRET: gem.applicationSecret,
    DATABASE_URL: databaseUrl,
    CONNECTOR_ENCRYPTION_KEY: encryptionKey,
  };
  return { flags: ['--port', '0', '--gem-url', gem.url], env, url: gem.url };
}

test('the command syncs, tells what it found line by line, serves it, and ends on a signal', async () => {
  const { flags, env } = await startGem();
  const command = run('node', [main, ...flags, '--automatic-source', 'Referral'], { env });
  const url = (await command.line((line) => line.includes('unified API'))).trim().split(/\s+/).at(-1);
  const key = (await command.line((line) => line.includes('API key'))).trim().split(/\s+/).at(-1);
  const integration = (await command.line((line) => line.includes('integration'))).trim().split(/\s+/).at(-1);
  const headers = { Authorization: `Bearer ${key}`, 'X-Integration-Id': integration ?? '' };
  const response = await fetch(`${url}/ats/jobs?name_contains=Product%20Designer`, { headers });
  expect(response.status).toBe(200);
  const { results } = ((await response.json()) as { data: { results: { id: string }[] } }).data;

  // What is created gets the source that the command names.
  const candidate = { first_name: 'Ida', last_name: 'Rhodes', email_address: 'ida@example.com' };
  const created = await fetch(`${url}/ats/jobs/${results[0]?.id}/applications`, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify({ candidate }),
  });
  expect(await created.json()).toMatchObject({ data: { custom_fields: { source: 'Referral' } } });

  command.child.kill('SIGTERM');
  const { code, stdout, stderr } = await command.ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^ {2}job posts +\d+$/m);
  expect(stdout).not.toContain('\r');
  expect(stdout).not.toContain(env.GEM_API_KEY);
});

test.each([
  [[], {}],
  [['--automatic-source', 'Acme'], { automaticSource: { name: 'Acme' } }],
  [['--automatic-source-id', 'c1'], { automaticSource: { id: 'c1' } }],
  [['--no-automatic-source'], { automaticSource: false }],
])('the arguments %j set the automatic source to %j', (given, expected) => {
  const options = createCommand().parse(given, { from: 'user' }).opts<Options>();
  expect(automaticSourceOf(options)).toEqual(expected);
});

test.each(['-1', '21', '0.5', 'often', ''])('%j is no number of retries', (given) => {
  const command = createCommand()
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  expect(() => command.parse(['--gem-retries', given], { from: 'user' })).toThrow(
    'It must be a number from 0 to 20.',
  );
});

test('with --json, each event is a line', async () => {
  const { flags, env } = await startGem();
  const command = run('node', [main, '--json', ...flags], { env: { ...env, CONNECTOR_API_KEY: apiKey } });
  const ready: unknown = JSON.parse(await command.line((line) => line.includes('"ready"')));
  // Whoever gave the key has it; it is told to nobody.
  expect(ready).toMatchObject({ event: 'ready', apiKey: null, counts: { ats_users: expect.any(Number) } });
});

test('a forked command tells its parent, and ends with it', async () => {
  const { flags, env } = await startGem();
  const child = fork(main, flags, {
    env: { ...process.env, ...env, CONNECTOR_API_KEY: apiKey },
    stdio: 'ignore',
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const events: string[] = [];
  const ready = await new Promise<unknown>((resolve) => {
    child.on('message', (message: { event: string }) => {
      if (events.at(-1) !== message.event) events.push(message.event);
      if (message.event === 'ready' || message.event === 'failed') resolve(message);
    });
  });
  expect(events).toEqual(['listening', 'progress', 'ready']);
  expect(ready).toMatchObject({
    apiKey,
    apiUrl: expect.stringMatching(/\/v1$/),
    integrationId: expect.any(String),
  });
  child.disconnect();
  expect(await ended).toBe(0);
});

// Node's own way to make folders never ends there.
test.runIf(existsSync('/proc/self'))(
  'a data directory in a place that takes no folders ends it at once',
  async () => {
    const place = ['--data-directory', '/proc/x', '--port', '0'];
    const { code, stderr } = await run('node', [main, ...place]).ended;
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'no folder can be made in /proc\n' });
  },
);

test('whatever keeps the command from starting ends it with one line and exit code 1', async () => {
  const { url } = await startGem();
  const folder = mkdtempSync(join(tmpdir(), 'connector-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  onTestFinished(lockDirectory(folder));
  const takenFolder = run('node', [main, '--port', '0', '--data-directory', folder]);
  const wrongKey = run('node', [main, '--in-memory', '--port', '0', '--gem-url', url], {
    env: { GEM_API_KEY: 'no' },
  });
  const takenPort = run('node', [main, '--in-memory', '--port', new URL(url).port]);
  const wrongPort = run('node', [main, '--in-memory', '--port', 'many']);
  const silent = await startStubGem();
  silent.intercept = ({ socket }) => Boolean(socket.destroy());
  const deadGem = ['--gem-url', silent.url, '--gem-retries', '1'];
  const nobodyThere = run('node', [main, '--in-memory', '--port', '0', ...deadGem], {
    env: { GEM_API_KEY: 'x' },
  });
  expect(await wrongPort.ended).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(
      /^.*A port is a whole number from 0 \(any free port\) to 65535\.\n\(mock-gem connector --help shows what there is\)\n$/,
    ),
  });
  expect(await nobodyThere.ended).toMatchObject({ code: 1, stderr: 'Gem could not be reached\n' });
  expect(silent.requests.filter(({ url: { pathname } }) => pathname === '/v0/users')).toHaveLength(2);
  expect(await wrongKey.ended).toMatchObject({ code: 1, stderr: 'Gem refused the API key\n' });
  expect(await takenPort.ended).toMatchObject({
    code: 1,
    stderr: `port ${new URL(url).port} is taken; choose another with --port\n`,
  });
  expect(await takenFolder.ended).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(
      `^the store in ${folder} is in use by another process.*${join(folder, 'connector.lock')}.*\\n$`,
    ),
  });
});
