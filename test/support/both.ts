import { afterAll, beforeAll } from 'vitest';
import type { ConnectorOptions } from '../../connector/config.ts';
import { startConnector, type Connector } from '../../connector/server.ts';
import { placeOnPostgres } from './databases.ts';
import { startMockGem, type MockGem, type MockGemOptions } from '../../mock-server/server.ts';

/** An emulator and a connector that has synced it. */
export interface Both {
  gem: MockGem;
  connector: Connector;
  integrationId: string;
  /** Reads a path of the unified API and returns the body, whatever the status. */
  unified: (path: string, init?: RequestInit) => Promise<{ status: number; body: unknown }>;
  /** Reads a whole list of the unified API, page by page. */
  unifiedList: <Item>(path: string) => Promise<Item[]>;
}

/** Both sides for all tests of a file: they start before the first and stop after the last. */
export function useBoth(options: MockGemOptions = {}, connectorOptions: ConnectorOptions = {}): Both {
  const both: Partial<Both> = {};
  beforeAll(async () => Object.assign(both, await startBoth(options, connectorOptions)));
  afterAll(async () => {
    await both.connector?.close();
    await both.gem?.close();
  });
  // The fields are there once the first test runs.
  return both as Both;
}

async function startBoth(options: MockGemOptions, connectorOptions: ConnectorOptions): Promise<Both> {
  const gem = await startMockGem({
    port: 0,
    checkAnswers: true,
    ...options,
    switches: { rate_limit: 'off', ...options.switches },
  });
  const connector = await startConnector({
    port: 0,
    checkAnswers: true,
    limits: 'off',
    // Nor does the emulator have a limit.
    gemRate: 'off',
    connections: { gemUrl: gem.url, applicationSecret: gem.applicationSecret },
    ...(await placeOnPostgres()),
    ...connectorOptions,
  });
  const { id: integrationId } = await connector.connect({
    gem: { url: gem.url, apiKey: gem.apiKey, applicationSecret: gem.applicationSecret },
    jobBoardVanity: gem.world.company.vanity,
    endUserOrganizationName: gem.world.company.name,
    isRemoteDataEnabled: true,
  });
  await connector.sync(integrationId);

  const unified: Both['unified'] = async (path, init) => {
    const response = await fetch(`${connector.apiUrl}${path}`, {
      ...init,
      headers: {
        Authorization: `Bearer ${connector.apiKey}`,
        'X-Integration-Id': integrationId,
        'Content-Type': 'application/json',
      },
    });
    return { status: response.status, body: await response.json() };
  };

  async function unifiedList<Item>(path: string): Promise<Item[]> {
    const items: Item[] = [];
    let cursor = '';
    for (;;) {
      const { status, body } = await unified(`${path}${cursor}`);
      if (status !== 200) throw new Error(`${path} answered ${status}: ${JSON.stringify(body)}`);
      const { data } = body as { data: { next: string | null; results: Item[] } };
      items.push(...data.results);
      if (data.next === null) return items;
      cursor = `&cursor=${encodeURIComponent(data.next)}`;
    }
  }

  return { gem, connector, integrationId, unified, unifiedList };
}
