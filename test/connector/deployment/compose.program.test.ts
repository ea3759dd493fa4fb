// The processes of the compose file, started by hand with its commands and variables, on a real PostgreSQL.
import { expect, test } from 'vitest';
import { freePort } from '../../bench/cold-start.ts';
import { placeOnPostgres } from '../../support/databases.ts';
import { root, run, type Running } from '../../support/process.ts';
import { fillIn, readCompose } from './read-compose.ts';

const has = (event: string) => (line: string) => line.includes(`"event":"${event}"`);

test('what the compose file starts syncs the emulator, and each process tells of its health and its metrics', async () => {
  const { databaseUrl, encryptionKey } = await placeOnPostgres();
  const apiKey = 'key-of-the-compose-file-test';
  const secrets = {
    POSTGRES_PASSWORD: 'unused',
    CONNECTOR_ENCRYPTION_KEY: encryptionKey,
    CONNECTOR_API_KEY: apiKey,
    GEM_CONTROL_TOKEN: 'token-of-the-compose-file-test',
  };
  const { services } = readCompose();
  const emulatorPort = await freePort();

  /** Starts one process of a service: its addresses are of this machine, and its ports free ones. */
  async function start(name: string): Promise<{ running: Running; statusUrl: string }> {
    const { command = [], environment = {} } = services[name] ?? {};
    const statusPort = await freePort();
    const words = command.map((word, index) => {
      if (command[index - 1] === '--status-port') return String(statusPort);
      if (command[index - 1] === '--port') return name === 'emulator' ? String(emulatorPort) : '0';
      return word.replace('0.0.0.0', '127.0.0.1').replace('emulator:4010', `127.0.0.1:${emulatorPort}`);
    });
    const env = Object.fromEntries(
      Object.entries(environment).map(([key, value]) => [key, fillIn(value, secrets)]),
    );
    expect(env['DATABASE_URL'] ?? '@database:5432/').toContain('@database:5432/');
    const running = run('node', [`${root}/mock-server/mock-gem.js`, ...words], {
      env: { ...env, ...('DATABASE_URL' in env && { DATABASE_URL: databaseUrl }) },
    });
    return { running, statusUrl: `http://127.0.0.1:${statusPort}` };
  }

  const emulator = await start('emulator');
  await emulator.running.line((line) => line.startsWith('{'));
  const api = await start('api');
  const { apiUrl, integrationId } = JSON.parse(await api.running.line(has('ready')));
  const workers = await Promise.all(
    Array.from({ length: services['worker']?.deploy?.replicas ?? 1 }, () => start('worker')),
  );
  await Promise.all(workers.map(({ running }) => running.line(has('working'))));
  await Promise.any(workers.map(({ running }) => running.line(has('synced'))));

  const headers = { Authorization: `Bearer ${apiKey}`, 'X-Integration-Id': integrationId };
  const jobs = (await (await fetch(`${apiUrl}/ats/jobs`, { headers })).json()) as {
    data: { results: unknown[] };
  };
  expect(jobs.data.results.length).toBeGreaterThan(3);
  for (const { statusUrl } of [api, ...workers]) {
    expect(await (await fetch(`${statusUrl}/health/ready`)).json()).toMatchObject({ status: 'ready' });
    expect(await (await fetch(`${statusUrl}/metrics`)).text()).toContain('connector_');
  }
  for (const { running } of [api, ...workers, emulator]) {
    running.child.kill('SIGTERM');
    expect(await running.ended).toMatchObject({ code: 0 });
  }
}, 180_000);
