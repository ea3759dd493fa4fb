// A collector that takes nothing is told of, and not at each sending; it keeps no process from its end.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { placeOnPostgres } from '../../support/databases.ts';
import { root, run } from '../../support/process.ts';
import { startStubGem } from '../../support/stub-gem.ts';
import { startCollector } from './support/collector.ts';

test(
  'a collector that refuses what comes is told of once a minute at most, one that never answers keeps no process',
  { timeout: 180_000 },
  async () => {
    const [stub, refusing, silent] = [await startStubGem(), await startCollector(), await startSilent()];
    refusing.refuses = true;
    const { databaseUrl, encryptionKey } = await placeOnPostgres();
    const flags = `--json --port 0 --gem-url ${stub.url} --log-level warn`.split(' ');
    const connector = run('node', [`${root}/connector/main.ts`, ...flags], {
      env: {
        GEM_API_KEY: 'key-of-an-account',
        DATABASE_URL: databaseUrl,
        CONNECTOR_ENCRYPTION_KEY: encryptionKey,
        OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: refusing.url,
        OTEL_METRIC_EXPORT_INTERVAL: '200',
        OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: silent.url,
        OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: '3600000',
        OTEL_BSP_SCHEDULE_DELAY: '50',
      },
    });
    await connector.line((line) => line.includes('"event":"ready"'));
    await expect.poll(() => refusing.bodies.length, { timeout: 30_000 }).toBeGreaterThan(5);
    await expect.poll(silent.calls, { timeout: 30_000 }).toBeGreaterThan(0);
    connector.child.kill('SIGTERM');
    const { code, stderr } = await connector.ended;
    expect(code).toBe(0);
    expect(stderr.match(/telemetry: .*/g)).toHaveLength(1);
  },
);

/** Takes calls and answers none. */
async function startSilent(): Promise<{ url: string; calls: () => number }> {
  let calls = 0;
  const server = createServer(() => (calls += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls: () => calls };
}
