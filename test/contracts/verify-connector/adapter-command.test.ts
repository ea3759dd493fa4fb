import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Account } from '../../../contracts/harness/adapter.ts';
import { startCommand, type CommandAdapter } from '../../../contracts/harness/adapters/command.ts';

const folder = mkdtempSync(join(tmpdir(), 'adapter-command-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const nowhere: Account = {
  url: 'http://127.0.0.1:1',
  apiKey: 'key',
  applicationSecret: 'secret',
  jobBoard: 'acme',
  actingUserId: 'user',
};

describe('through a command', () => {
  /** A program that answers each call with what `answer` makes of it, `undefined` for silence. */
  const program = (name: string, answer: string): string =>
    `"${process.execPath}" "${file(
      `${name}.mjs`,
      `import { createInterface } from 'node:readline';
      for await (const line of createInterface({ input: process.stdin })) {
        const call = JSON.parse(line);
        const answer = (${answer})(call);
        if (answer !== undefined) console.log(typeof answer === 'string' ? answer : JSON.stringify({ id: call.id, ...answer }));
      }`,
    )}"`;

  async function start(name: string, answer: string, answerLimit?: number): Promise<CommandAdapter> {
    const adapter = await startCommand(program(name, answer), { stderr: 'ignore', answerLimit });
    onTestFinished(() => adapter.close());
    return adapter;
  }

  test('each call and each answer is a line, and calls at the same time may be answered in any order', async () => {
    const adapter = await start(
      'good',
      `({ call, list, type, path, account }) => ({ result: {
        covers: ['jobs.name'], sync: null, list: [{ list, key: account?.apiKey }], act: { status: 201, body: { path } },
      }[call] })`,
    );
    expect(adapter.covers).toEqual(['jobs.name']);
    await adapter.sync(nowhere, 'FULL');
    const lists = await Promise.all([adapter.list(nowhere, 'jobs', {}), adapter.list(nowhere, 'users', {})]);
    expect(lists).toEqual([[{ list: 'jobs', key: 'key' }], [{ list: 'users', key: 'key' }]]);
    const call = { operation: 'createAtsCandidate', method: 'POST', path: '/ats/candidates', body: {} };
    expect(await adapter.act(nowhere, call)).toEqual({ status: 201, body: { path: '/ats/candidates' } });
    await adapter.close();
    await expect(adapter.sync(nowhere, 'FULL')).rejects.toThrow(/^the command ended \(exit code 0\)/);
  });

  test('only a line break ends an answer, and no other sign that shows as one', async () => {
    const adapter = await start(
      'separated',
      `({ call }) => ({ result: call === 'list' ? [{ name: 'one\u2028two\u2029three\u0085' }] : null })`,
    );
    expect(await adapter.list(nowhere, 'jobs', {})).toEqual([{ name: 'one\u2028two\u2029three\u0085' }]);
  });

  test('an error fails its own call alone', async () => {
    const adapter = await start(
      'refusing',
      `({ call, type }) => call === 'covers' ? { result: null } : type === 'FULL' ? { error: { message: 'no\\nway' } } : { result: null }`,
    );
    expect(adapter.covers).toBeUndefined();
    await expect(adapter.sync(nowhere, 'FULL')).rejects.toThrow(/^no$/);
    await adapter.sync(nowhere, 'DELTA');
  });

  test.each([
    [
      'a crash',
      `({ call }) => call === 'covers' ? { result: null } : process.exit(3)`,
      /^the command ended \(exit code 3\): /,
    ],
    [
      'garbage',
      `({ call }) => call === 'covers' ? { result: null } : 'Hello there'`,
      /wrote a line that answers nothing: Hello there \(what is no answer belongs on standard error\)$/,
    ],
    [
      'an answer to nobody',
      `({ call }) => call === 'covers' ? { result: null } : { id: 99 }`,
      /wrote a line that answers nothing: \{"id":99\}/,
    ],
    [
      'silence',
      `({ call }) => call === 'covers' ? { result: null } : undefined`,
      /^the command did not answer "sync" within 3 seconds$/,
    ],
  ])('%s ends it with one line, for this call and all later ones', async (what, answer, message) => {
    const adapter = await start(what.replaceAll(' ', '-'), answer, what === 'silence' ? 3000 : undefined);
    await expect(adapter.sync(nowhere, 'FULL')).rejects.toThrow(message);
    await expect(adapter.broken).rejects.toThrow(message);
    await expect(adapter.list(nowhere, 'jobs', {})).rejects.toThrow(message);
  });

  test('answers of another form are refused, with the call that they answer', async () => {
    const adapter = await start('odd', `({ call }) => ({ result: call === 'covers' ? null : 'odd' })`);
    await expect(adapter.list(nowhere, 'jobs', {})).rejects.toThrow(
      'answered "list" with something else than a list',
    );
    const call = { operation: 'x', method: 'POST', path: '/', body: null };
    await expect(adapter.act(nowhere, call)).rejects.toThrow('answered "act" without a status');
    await expect(start('odd-covers', `() => ({ result: 'all' })`)).rejects.toThrow(
      'neither null nor a list of words',
    );
    await expect(startCommand('exit 9', { stderr: 'ignore' })).rejects.toThrow(
      /^the command ended \(exit code 9\): exit 9$/,
    );
  });

  test(
    'a program that does not end when its input does is ended, with what it started',
    { timeout: 5000 },
    async () => {
      const name = file(
        'stubborn.mjs',
        `process.stdin.on('data', (line) => console.log(JSON.stringify({ id: 1, result: [String(process.pid)] }))); setInterval(() => {}, 1000);`,
      );
      const adapter = await startCommand(`true && "${process.execPath}" "${name}"`, {
        stderr: 'ignore',
        endLimit: 50,
      });
      // Its output is closed only once all that the shell started is gone.
      await expect(adapter.close()).resolves.toBeUndefined();
    },
  );
});
