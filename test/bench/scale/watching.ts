// What it takes to watch over a connector with many integrations: how long health, readiness and metrics take, as whoever asks waits.
import { startTelemetry } from '../../../connector/observe/telemetry.ts';
import { startConnector } from '../../../connector/server.ts';
import { openStore } from '../../../connector/store/open-store.ts';
import { addIntegrations } from '../../connector/status/support/many-integrations.ts';
import type { BenchDatabase } from '../connector/databases.ts';
import { median } from '../median.ts';

/** How long answers took, in milliseconds. */
export interface Watching {
  integrations: number;
  /** The first is the reference: an answer of the same server that looks at nothing. */
  paths: { path: string; median: number; longest: number }[];
}

/** Measures it in this process, with three days of syncs of each integration. */
export async function measureWatching(database: BenchDatabase, integrations: number): Promise<Watching> {
  const place = await database.make();
  const telemetry = await startTelemetry({ env: {}, needsTraces: false, role: 'api', log: () => {} });
  const connector = await startConnector({ port: 0, telemetry, ...place.open });
  const store = await openStore(place.open);
  try {
    await addIntegrations(store.database, connector.environmentId, integrations);
    const paths = [];
    for (const path of ['/health/live', '/health/ready', '/metrics']) {
      const times: number[] = [];
      for (let count = 0; count < calls; count += 1) {
        const asked = performance.now();
        await (await fetch(`${connector.url}${path}`)).text();
        times.push(performance.now() - asked);
      }
      // The first ones are compiled.
      const warm = times.slice(calls / 5);
      paths.push({ path, median: median(warm), longest: Math.max(...warm) });
    }
    return { integrations, paths };
  } finally {
    await store.close();
    await connector.close();
    await telemetry?.close();
    await place.remove();
  }
}

const calls = 250;
