// What it costs to watch over a connector with a thousand integrations: the time of the processor, as a busy machine adds nothing to
// that. The caller's own share is in it.
import { expect, onTestFinished, test } from 'vitest';
import { startTelemetry } from '../../../connector/observe/telemetry.ts';
import { startConnector } from '../../../connector/server.ts';
import { openStore } from '../../../connector/store/open-store.ts';
import { placeOnPostgres } from '../../support/databases.ts';
import { addIntegrations } from './support/many-integrations.ts';
import { readMetrics } from './support/prometheus.ts';

/** Milliseconds, and the calls of which each round has so many. */
const [bound, calls] = [5, 5];

test(
  'health, readiness and metrics take less than 5 ms with a thousand integrations and three days of their syncs',
  { timeout: 300_000 },
  async () => {
    const place = await placeOnPostgres();
    const telemetry = await startTelemetry({ env: {}, needsTraces: false, role: 'api', log: () => {} });
    onTestFinished(() => telemetry?.close());
    const connector = await startConnector({ port: 0, telemetry, ...place });
    onTestFinished(connector.close);
    const store = await openStore(place);
    onTestFinished(store.close);
    await addIntegrations(store.database, connector.environmentId, 1000);

    const costs: Record<string, number> = {};
    for (const path of ['/health/live', '/health/ready', '/metrics']) {
      const rounds: number[] = [];
      for (let round = 0; round < 8; round += 1) {
        const begin = process.cpuUsage();
        for (let count = 0; count < calls; count += 1) await (await fetch(`${connector.url}${path}`)).text();
        const { user, system } = process.cpuUsage(begin);
        rounds.push((user + system) / 1000 / calls);
      }
      costs[path] = Math.min(...rounds);
    }
    const page = readMetrics(await (await fetch(`${connector.url}/metrics`)).text());
    const lags = page.samples.filter(({ name }) => name === 'connector_sync_lag_seconds');
    expect(lags).toHaveLength(1000);
    expect(lags[0]?.value).toBeGreaterThan(3 * 3600 - 1);
    expect(page.value('connector_integrations', { state: 'active' })).toBe(1000);
    for (const [path, milliseconds] of Object.entries(costs)) expect(milliseconds, path).toBeLessThan(bound);
  },
);
