import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { addHealthCommand, addressesOf } from '../../../mock-server/cli/health.ts';
import { startMockGem } from '../../../mock-server/server.ts';
import { sendRaw } from '../../support/control.ts';
import { root } from '../../support/process.ts';

function addHealth(): Command {
  const program = new Command();
  addHealthCommand(program);
  return program;
}

describe('mock-gem health', () => {
  test.each([
    ['', ['http://127.0.0.1:4010/openapi.json']],
    ['serve --host 0.0.0.0', ['http://127.0.0.1:4010/openapi.json']],
    ['serve --port=8080 --host ::', ['http://127.0.0.1:8080/openapi.json']],
    ['connector --port 8020', ['http://127.0.0.1:8020/health']],
    ['connector --role api --host 10.0.0.7', ['http://10.0.0.7:4020/health']],
    ['connector --role worker', []],
    ['connector --role worker --status-port 9464', ['http://127.0.0.1:9464/health']],
    ['dev --gem-port 1', ['http://127.0.0.1:1/openapi.json', 'http://127.0.0.1:4020/health']],
  ])('of a server that was started with "%s" asks %j', (words, addresses) => {
    expect(addressesOf(words.split(' ').filter(Boolean))).toEqual(addresses);
  });

  test('waits until there is an answer', async () => {
    const first = await startMockGem({ port: 0 });
    const { port } = new URL(first.url);
    await first.close();
    const ask = (...flags: string[]) =>
      addHealth().parseAsync(['health', ...flags, '--', 'serve', '--port', port], { from: 'user' });
    const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    onTestFinished(() => {
      process.exitCode = undefined;
      told.mockRestore();
    });
    await ask();
    expect(process.exitCode).toBe(1);
    expect(told.mock.calls.flat().join('')).toMatch(/^mock-gem: http:.*does not answer \(.*\)\n$/);
    const waiting = ask('--wait', '1 minute');
    const gem = await startMockGem({ port: Number(port) });
    await waiting;
    expect(process.exitCode).toBe(0);
    await gem.close();
  });
});

describe('the image', () => {
  const lines = readFileSync(`${root}/mock-server/Dockerfile`, 'utf8').split('\n');
  const starting = (word: string) => lines.filter((line) => line.startsWith(word));

  test('installs what the lock file names, and nothing else', () => {
    const installs = lines.filter((line) => /npm (ci|install|i|add)\b/.test(line));
    expect(installs.length).toBeGreaterThan(0);
    for (const line of installs) expect(line).toMatch(/^RUN npm ci /);
    expect(installs.at(-1)).toContain('--omit=dev');
  });

  test('does not run as root, and asks after its health by role and port', () => {
    expect(lines.lastIndexOf('USER node')).toBeGreaterThan(
      lines.findLastIndex((line) => line.startsWith('RUN')),
    );
    expect(starting('HEALTHCHECK')).toEqual([expect.stringContaining('CMD ["mock-gem", "health"]')]);
    expect(starting('HEALTHCHECK')[0]).not.toMatch(/\d{4}/);
  });
});

test('who is refused for want of a token is told how there can be one', async () => {
  const gem = await startMockGem({ port: 0 });
  const { status, text } = await sendRaw(`${gem.url}/_control`, { headers: { Host: 'gem.example' } });
  expect(status).toBe(403);
  expect(text).toContain('GEM_CONTROL_TOKEN');
  await gem.close();
});
