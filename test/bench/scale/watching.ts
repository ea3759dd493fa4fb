// What it takes to watch over a connector with many integrations: how long health, readiness and metrics take, as whoever asks waits.
import { sql } from 'kysely';
import { startTelemetry } from '../../../connector/observe/telemetry.ts';
import { startConnector } from '../../../connector/server.ts';
import { openStore } from '../../../connector/store/open-store.ts';
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
    await sql`
      insert into integrations (id, environment_id, gem_url, gem_api_key, end_user_organization_name,
        is_remote_data_enabled, first_synced_at, created_at)
      select 'gem:' || lpad(number::text, 24, 'i'), ${connector.environmentId}, 'http://127.0.0.1:9', 'sealed', 'Acme',
        false, now() - interval '30 days', now() - interval '31 days'
      from generate_series(1, ${integrations}::integer) as number
    `.execute(store.database);
    await sql`
      insert into syncs (id, integration_id, type, state, started_at, ended_at)
      select integration.id || '/' || number, integration.id, 'DELTA', 'SUCCEEDED',
        now() - number * interval '3 hours', now() - number * interval '3 hours' + interval '1 minute'
      from integrations as integration, generate_series(1, 24) as number
    `.execute(store.database);
    await sql`analyze`.execute(store.database);
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
