import { afterAll, beforeAll } from 'vitest';
import { fixedClock, type FixedClock } from '../../../../contracts/clock.ts';
import { createGemClient } from '../../../../connector/gem/client.ts';
import type { Store } from '../../../../connector/store/open-store.ts';
import { createEnvironment } from '../../../../connector/store/queries/environments.ts';
import type { Integration } from '../../../../connector/store/queries/integrations.ts';
import { listSyncs, type SyncReport } from '../../../../connector/store/queries/syncs.ts';
import { connectIntegration } from '../../../../connector/connect/connect-integration.ts';
import type { JobData } from '../../../../connector/work/queue.ts';
import { type WorkContext, readWorkSettings } from '../../../../connector/work/worker.ts';
import { schedule } from '../../../../connector/work/schedule.ts';
import { sync } from '../../../../connector/work/sync.ts';
import { impatient } from '../../../support/connected.ts';
import type { TestDatabase } from '../../../support/databases.ts';
import type { StubGem } from '../../../support/stub-gem.ts';

/** An integration, and the kinds of work called by hand: a test says when what happens. */
export interface Work {
  integration: Integration;
  clock: FixedClock;
  context: WorkContext;
  /** The jobs that were sent. */
  sent: { kind: string; data: JobData; key: string }[];
  /** What one job of the kind `sync` does. */
  work(stopping?: AbortSignal): Promise<void>;
  /** What one job of the kind `schedule` does. */
  look(): Promise<void>;
  /** The integration's syncs, the newest first. */
  syncs(): Promise<SyncReport[]>;
  /** Connects the account again, as its owner would with a new secret. */
  reconnect(): Promise<Integration>;
}

/** Opens a store for the tests of a file. The function that it returns connects an account to it. */
export function useWork(database: TestDatabase): {
  store: () => Store;
  connect: (stub: StubGem) => Promise<Work>;
} {
  let opened: Store | undefined;
  const store = (): Store => {
    if (!opened) throw new Error('the store is not open yet');
    return opened;
  };
  beforeAll(async () => {
    opened = await database.open();
    const createdAt = '2026-01-01T00:00:00.000Z';
    await createEnvironment(opened.database, { id: 'environment', name: 'Test', apiKey: 'key', createdAt });
  });
  afterAll(() => opened?.close());
  return { store, connect: (stub) => connect(store(), stub) };
}

async function connect(store: Store, stub: StubGem): Promise<Work> {
  const clock = fixedClock('2026-06-01T00:00:00.000Z');
  const reconnect = () =>
    connectIntegration({
      store,
      clock,
      environmentId: 'environment',
      gem: { url: stub.url, apiKey: 'secret' },
      endUserOrganizationName: 'Acme',
      isRemoteDataEnabled: false,
    });
  const integration = await reconnect();
  stub.requests.length = 0;
  const sent: Work['sent'] = [];
  const context: WorkContext = {
    store,
    clock,
    log: () => {},
    settings: readWorkSettings(),
    queue: {
      send: (kind, data, key) => {
        if (data['integrationId'] === integration.id) sent.push({ kind, data, key });
        return Promise.resolve();
      },
    },
    clientOf: ({ gem }) => createGemClient({ ...gem, retry: impatient }),
  };
  return {
    integration,
    clock,
    context,
    sent,
    work: (stopping = new AbortController().signal) =>
      sync.run(context, { integrationId: integration.id }, stopping),
    look: () => schedule.run(context, {}, new AbortController().signal),
    syncs: () => listSyncs(store.database, { integrationId: integration.id, limit: 100 }),
    reconnect,
  };
}
