import { sql } from 'kysely';
import { afterAll, beforeAll } from 'vitest';
import { fixedClock, type FixedClock } from '../../contracts/clock.ts';
import { createGemClient, type GemClient } from '../../connector/gem/client.ts';
import { models } from '../../connector/models/index.ts';
import type { ModelName } from '../../connector/models/model.ts';
import type { Store } from '../../connector/store/open-store.ts';
import { createEnvironment } from '../../connector/store/queries/environments.ts';
import { findIntegration, type Integration } from '../../connector/store/queries/integrations.ts';
import { connectIntegration } from '../../connector/connect/connect-integration.ts';
import { runSync, type SyncSummary } from '../../connector/sync/run-sync.ts';
import type { RunSync } from '../../connector/sync/reading.ts';
import { openTestStore } from './databases.ts';

/** A row as a test looks at it. */
export type StoredRow = Record<string, unknown> & { id: string; remote_id: string; changed_at: string };

/** A stub, which takes any key, or an emulator. */
interface Account {
  url: string;
  apiKey?: string;
  applicationSecret?: string;
}

/** A Gem account that is connected to a store. */
export interface Connected {
  clock: FixedClock;
  integration: Integration;
  gem: GemClient;
  sync(more?: Partial<RunSync>): Promise<SyncSummary>;
  /** The rows of a model, by remote id. */
  rows(model: ModelName): Promise<StoredRow[]>;
  /** When each row of each model changed last. */
  changes(): Promise<Record<string, string>>;
  /** The integration as it is stored now. */
  stored(): Promise<Integration | undefined>;
}

/** Opens one store for the tests of a file. The function that it returns connects an account to it. */
export function useStore(): { store: () => Store; connect: (gem: Account) => Promise<Connected> } {
  let opened: Store | undefined;
  const store = (): Store => {
    if (!opened) throw new Error('the store is not open yet');
    return opened;
  };
  beforeAll(async () => {
    opened = await openTestStore();
    const createdAt = '2026-01-01T00:00:00.000Z';
    await createEnvironment(opened.database, { id: 'environment', name: 'Test', apiKey: 'key', createdAt });
  });
  afterAll(() => opened?.close());
  return { store, connect: (gem) => connect(store(), gem) };
}

/** Retries without waiting. */
export const impatient = { limit: 2, delay: () => 1 };

async function connect(
  store: Store,
  { url, apiKey = 'secret-key', applicationSecret = 'secret-secret' }: Account,
): Promise<Connected> {
  const clock = fixedClock('2026-06-01T00:00:00.000Z');
  const integration = await connectIntegration({
    store,
    clock,
    environmentId: 'environment',
    gem: { url, apiKey, applicationSecret },
    jobBoardVanity: 'acme',
    endUserOrganizationName: 'Acme',
    isRemoteDataEnabled: true,
  });
  const gem = createGemClient({ ...integration.gem, retry: impatient });

  async function rows(model: ModelName): Promise<StoredRow[]> {
    const found = await sql<StoredRow>`
      select row_to_json(present)::jsonb || jsonb_build_object(
        'changed_at', instant(changed_at), 'remote_deleted_at', instant(remote_deleted_at)) as row
      from ${sql.table(model)} as present where integration_id = ${integration.id} order by remote_id
    `.execute(store.database);
    return found.rows.map(({ row }) => row as StoredRow);
  }

  return {
    clock,
    integration,
    gem,
    rows,
    sync: (more) => runSync({ store, clock, integration, gem, type: 'FULL', ...more }),
    stored: () => findIntegration(store, integration.id),
    changes: async () => {
      const changes: Record<string, string> = {};
      for (const { name } of models) {
        for (const row of await rows(name)) changes[`${name} ${row.remote_id}`] = row.changed_at;
      }
      return changes;
    },
  };
}
