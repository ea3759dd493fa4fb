import { sql } from 'kysely';
import { onTestFinished } from 'vitest';
import { fixedClock, systemClock } from '../../../../contracts/clock.ts';
import { listen } from '../../../../contracts/server/listen.ts';
import type { UnifiedSchemas } from '../../../../contracts/unified.ts';
import { frontDoorSettings } from '../../../../connector/api/front-door.ts';
import { createApp } from '../../../../connector/app.ts';
import { readConfig } from '../../../../connector/config.ts';
import type { Log } from '../../../../connector/log.ts';
import { komboId } from '../../../../connector/identifiers.ts';
import { createGemClient } from '../../../../connector/gem/client.ts';
import type { Store } from '../../../../connector/store/open-store.ts';
import { createEnvironment } from '../../../../connector/store/queries/environments.ts';
import { findIntegration, saveIntegration } from '../../../../connector/store/queries/integrations.ts';
import type { SyncType } from '../../../../connector/store/queries/syncs.ts';
import type { Database } from '../../../../connector/store/schema.ts';
import { runSync, type SyncSummary } from '../../../../connector/sync/run-sync.ts';
import { atEndOfFile } from '../../../support/end-of-file.ts';
import { openTestStore } from '../../../support/databases.ts';
import { requestSync } from '../../../../connector/work/request-sync.ts';
import { rowsOf, type Rows } from './rows.ts';

/** A unified API over a store of its own, on a real socket. */
export interface Api {
  url: string;
  database: Database;
  vault: Store['vault'];
  apiKey: string;
  environmentId: string;
  integrationId: string;
  rows: Rows;
  /** What the connector told its operator. */
  logged: string[];
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** The items of the first page of a list. */
  list(path: string): Promise<Record<string, unknown>[]>;
  /** Brings the integration up to date with its Gem, at once. */
  sync(type: SyncType): Promise<SyncSummary>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
}

/** An answer of any operation. */
export interface Answer {
  status: number;
  text: string;
  error: UnifiedSchemas['Problem']['error'];
  data: { next: string | null; results: Record<string, unknown>[] } & Record<string, unknown>;
  warnings: { message: string }[];
}

let opened: Promise<Store> | undefined;

/** The store of the file that runs: opened when it is first needed, closed at the end of the file. */
function theStore(): Promise<Store> {
  opened ??= openTestStore().then((store) => {
    atEndOfFile(async () => {
      opened = undefined;
      await store.close();
    });
    return store;
  });
  return opened;
}

// Each test has an environment and an integration of its own, in one store for the whole file.
let count = 0;
const instant = '2026-02-01T00:00:00.000Z';
const syncedAt = '2026-06-01T00:00:00.000Z';

/** Starts the API. Every answer is held against the description; it ends with the test. */
export async function startApi({ gemUrl = 'http://127.0.0.1:9', isSynced = true } = {}): Promise<Api> {
  const { database, vault, locks } = await theStore();
  count += 1;
  const apiKey = `mgc_key-of-test-${count}`;
  const environment = await createEnvironment(database, {
    id: komboId('environment', `${count}`),
    name: 'test',
    apiKey,
    createdAt: instant,
  });
  const { id: integrationId } = await saveIntegration(
    { database, vault },
    {
      id: `gem:${komboId('integration', `${count}`)}`,
      environmentId: environment.id,
      gem: { url: gemUrl, apiKey: 'a-secret-key-of-gem', applicationSecret: null },
      actingUserId: 'user-1',
      jobBoardVanity: null,
      endUserOrganizationName: 'Halden Robotics',
      isRemoteDataEnabled: false,
      createdAt: instant,
    },
  );
  if (isSynced) {
    await sql`update integrations set first_synced_at = ${instant}::timestamptz where id = ${integrationId}`.execute(
      database,
    );
  }

  const logged: string[] = [];
  const log: Log = (message, error) => logged.push(`${message}: ${String(error)}`);
  const config = readConfig({ downloads: { allowPrivateAddresses: true } });
  const app = createApp(
    {
      database,
      vault,
      locks,
      clock: systemClock,
      downloads: config.downloads,
      log,
      clientOf: ({ gem }) => createGemClient({ ...gem, retry: { limit: 0 } }),
      // No worker is told: what was asked for waits.
      requestSync: (id, type) =>
        requestSync(
          { store: { database, vault }, clock: systemClock, queue: { send: () => Promise.resolve() } },
          id,
          type,
        ),
      sendEvents: () => Promise.resolve(),
    },
    { checkAnswers: true },
  );
  const { url, close } = await listen({ host: '127.0.0.1', port: 0, ...frontDoorSettings(log) }, () => app);
  onTestFinished(close);

  const headers = { Authorization: `Bearer ${apiKey}`, 'X-Integration-Id': integrationId };
  const get = async (path: string, extra: Record<string, string> = {}) =>
    read(await fetch(`${url}${path}`, { headers: { ...headers, ...extra } }));
  return {
    url,
    database,
    vault,
    apiKey,
    environmentId: environment.id,
    integrationId,
    rows: rowsOf(database, integrationId),
    logged,
    get,
    sync: async (type) => {
      const integration = await findIntegration({ database, vault }, integrationId);
      if (!integration) throw new Error('the integration was deleted');
      const gem = createGemClient({ ...integration.gem, retry: { limit: 0 } });
      return runSync({ store: { database }, clock: fixedClock(syncedAt), integration, gem, type });
    },
    list: async (path) => {
      const { status, text, data } = await get(path);
      if (status !== 200) throw new Error(`${path} answered ${status}: ${text}`);
      return data.results;
    },
    post: async (path, body, extra = {}) =>
      read(
        await fetch(`${url}${path}`, {
          method: 'POST',
          headers: { ...headers, 'Content-Type': 'application/json', ...extra },
          body: typeof body === 'string' ? body : JSON.stringify(body),
        }),
      ),
  };
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const { error, data, warnings } = JSON.parse(text);
  return { status: response.status, text, error, data, warnings };
}
