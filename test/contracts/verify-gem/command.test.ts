import { EventEmitter } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addVerifyGemCommand } from '../../../mock-server/cli/verify/gem.ts';
import type { MockGem } from '../../../mock-server/server.ts';
import { listen } from '../../../contracts/server/listen.ts';
import { startProxy, startSubject } from './support.ts';

let gem: MockGem;
let folder: string;
beforeAll(async () => {
  gem = await startSubject({ scenario: 'team' });
  folder = mkdtempSync(join(tmpdir(), 'verify-'));
});
afterAll(async () => {
  await gem.close();
  rmSync(folder, { recursive: true });
});

test('without an address it verifies its own emulator and ends with 0', async () => {
  const { said, code } = await run(['--promise', 'Job', '--promise', 'no-key-is-forbidden']);
  expect(code).toBe(0);
  expect(said).toContain('2 held');
});

test('a broken promise ends with 1, and reports are written', async () => {
  const { url, close } = await startProxy(gem, [
    { answer: (reply) => ({ ...reply, headers: { ...reply.headers, 'Retry-After': '1' } }) },
  ]);
  const file = join(folder, 'report.json');
  const { said, code } = await run(
    ['--url', url, '--per-second', '100000', '--promise', 'no-rate-limit-headers', '--json', file],
    { GEM_API_KEY: gem.apiKey },
  );
  await close();
  expect(code).toBe(1);
  expect(said).toContain('1 broken');
  expect(readFileSync(file, 'utf8')).toContain('"no-rate-limit-headers"');
});

test('for an emulator the patch is empty, with the reason in one line', async () => {
  const file = join(folder, 'drift.patch');
  const { said, code } = await run(['--promise', 'listSources', '--drift', file]);
  expect(code).toBe(0);
  expect(said).toContain('The subject is an emulator: what it does proves nothing about Gem');
  expect(readFileSync(file, 'utf8')).toBe('');
});

test.each([
  ['without a key', ['--url', 'http://127.0.0.1:9'], {}, /GEM_API_KEY/],
  ['at what is no address', ['--url', 'gem'], { GEM_API_KEY: 'x' }, /is no address/],
  ['where nobody answers', ['--url', 'http://127.0.0.1:9'], { GEM_API_KEY: 'x' }, /cannot be reached/],
  ['for a promise that does not exist', ['--promise', 'nothing'], {}, /no promise "nothing"/],
])('%s it says so in one line and ends with 2', async (_where, options, environment, reason) => {
  const { complaints, code } = await run(options, environment);
  expect(code).toBe(2);
  expect(complaints).toEqual([expect.stringMatching(reason)]);
});

test.each(['--limit soon', '--samples -1', '--nonsense'])(
  'with %s it ends with 2: 1 is for broken promises',
  async (options) => {
    const program = new Command().configureOutput({ writeErr: () => {} });
    addVerifyGemCommand(program.command('verify'), {
      stdout: { write: () => {} },
      stderr: { write: () => {} },
      env: {},
      signals: new EventEmitter(),
      // The program is over then.
      end: (status) => {
        throw new Error(`ended with ${status}`);
      },
    });
    const ended = program.parseAsync(['verify', 'gem', ...options.split(' ')], { from: 'user' });
    await expect(ended).rejects.toThrow('ended with 2');
  },
);

test('the list names every promise and makes no request', async () => {
  const { said } = await run(['--list']);
  expect(said).toContain('keys-in-alphabetical-order: the keys of every object');
  expect(said).toContain('listJobs: GET /ats/v0/jobs/');
});

/** Runs the command as it is run from a terminal, in this process. */
async function run(
  options: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ said: string; complaints: string[]; code: number | undefined }> {
  let [said, complaints] = ['', ''];
  let code: number | undefined;
  const program = new Command();
  addVerifyGemCommand(program.command('verify'), {
    stdout: { write: (text) => (said += text) },
    stderr: { write: (text) => (complaints += text) },
    env: environment,
    signals: new EventEmitter(),
    end: (status) => void (code = status),
  });
  await program.parseAsync(['verify', 'gem', ...options], { from: 'user' });
  return { said, complaints: complaints.split('\n').slice(0, -1), code };
}

test('a server that does not answer within --timeout cannot be verified', async () => {
  const { url, close } = await listen({ host: '127.0.0.1', port: 0 }, () => () => undefined);
  const options = ['--url', url, '--timeout', '5 milliseconds'];
  const { complaints, code } = await run(options, { GEM_API_KEY: 'x' });
  await close();
  expect(code).toBe(2);
  expect(complaints).toEqual([`mock-gem: ${url} did not answer in 0.005 seconds`]);
});

test('its own emulator is written to by default; another server is not', async () => {
  const promise = ['--promise', 'written-addresses-are-personal'];
  expect((await run(promise)).said).toContain('1 held');
  const others = ['--url', gem.url, '--per-second', '100000', ...promise];
  expect((await run(others, { GEM_API_KEY: gem.apiKey })).said).toContain('1 not observed');
});
