// A database that is stopped and started again, as those see it who watch over the processes on it.
import { randomBytes } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { startConnectorWorker } from '../../../connector/background.ts';
import { startTelemetry } from '../../../connector/observe/telemetry.ts';
import { startConnector } from '../../../connector/server.ts';
import { startPostgresServer } from '../../support/postgres/server.ts';
import { readMetrics } from './support/prometheus.ts';

test(
  'readiness names what fails while the database is away, and is back with it; the processes live on',
  { timeout: 180_000 },
  async () => {
    const server = await startPostgresServer({ keepsCommitted: true });
    onTestFinished(() => server.stop());
    const place = {
      databaseUrl: server.urlOf('postgres'),
      encryptionKey: randomBytes(32).toString('base64'),
      statusPort: 0,
    };
    const telemetry = await startTelemetry({ env: {}, needsTraces: false, role: 'both', log: () => {} });
    onTestFinished(() => telemetry?.close());
    const api = await startConnector({ port: 0, telemetry, ...place });
    onTestFinished(api.close);
    const readiness = async (url: string | undefined) => {
      const response = await fetch(`${url}/health/ready`);
      const { parts } = (await response.json()) as {
        parts: Record<string, { status: string; problem?: string }>;
      };
      const { database, migrations, queue, worker } = parts;
      return {
        status: response.status,
        parts: [database?.status, migrations?.status, queue?.status, worker?.status],
        problem: database?.problem,
      };
    };
    const ready = { status: 200, parts: ['ok', 'ok', 'ok', 'ok'], problem: undefined };
    // Nobody has worked on this database yet.
    const alone = { ...ready, parts: ['ok', 'ok', 'absent', 'absent'] };
    expect(await readiness(api.url)).toEqual(alone);

    const worker = await startConnectorWorker({ telemetry, ...place });
    onTestFinished(worker.close);
    for (const url of [api.url, api.statusUrl, worker.statusUrl]) expect(await readiness(url)).toEqual(ready);
    // It has a port of its own for them.
    expect((await fetch(`${api.url}/metrics`)).status).toBe(404);

    await server.crash('SIGQUIT');
    const away = expect.stringMatching(/^the database of DATABASE_URL cannot be used: /);
    expect(await readiness(api.statusUrl)).toEqual({
      status: 503,
      parts: ['failing', 'failing', 'failing', 'failing'],
      problem: away,
    });
    // Its last sign of life is a moment ago.
    expect(await readiness(worker.statusUrl)).toEqual({
      status: 503,
      parts: ['failing', 'failing', 'failing', 'ok'],
      problem: away,
    });
    for (const url of [api.url, worker.statusUrl])
      expect((await fetch(`${url}/health/live`)).status).toBe(200);
    const page = await (await fetch(`${worker.statusUrl}/metrics`)).text();
    const status = { route: '/health/ready', status: '503' };
    expect(readMetrics(page).value('connector_http_request_seconds_count', status)).toBe(2);

    await server.restart();
    await expect.poll(() => readiness(worker.statusUrl), patience).toEqual(ready);
    await expect.poll(() => readiness(api.statusUrl), patience).toEqual(ready);
  },
);

const patience = { timeout: 60_000 };
