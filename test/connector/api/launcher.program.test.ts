import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { placeOnPostgres } from '../../support/databases.ts';
import { root, run } from '../../support/process.ts';

const command = `${root}/mock-server/mock-gem.js connector --json --port 0`;

test.each([
  ['the command itself', `exec node ${command}`, {}],
  ['the npm that started it', `node ${command}; true`, { npm_lifecycle_event: 'npx' }],
])('the connector ends with %s, however hard that is ended', async (_what, script, more) => {
  const { databaseUrl, encryptionKey } = await placeOnPostgres();
  const path = `${process.execPath.replace(/\/[^/]+$/, '')}:${process.env['PATH']}`;
  const env = {
    DATABASE_URL: databaseUrl,
    CONNECTOR_ENCRYPTION_KEY: encryptionKey,
    GEM_API_KEY: '',
    PATH: path,
  };
  const started = run('sh', ['-c', script], { env: { ...env, ...more } });
  const { url } = JSON.parse(await started.line((line) => line.includes('"listening"'))) as { url: string };
  expect(await isListening(url)).toBe(true);
  started.child.kill('SIGKILL');
  while (await isListening(url)) await setTimeout(50);
});

function isListening(url: string): Promise<boolean> {
  const { port, hostname } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
