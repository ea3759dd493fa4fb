import { fixedClock, type FixedClock } from '../../../../contracts/clock.ts';
import { createGemClient } from '../../../../connector/gem/client.ts';
import { komboId } from '../../../../connector/identifiers.ts';
import type { Store } from '../../../../connector/store/open-store.ts';
import { type DeliveryReport, listDeliveries } from '../../../../connector/store/queries/deliveries.ts';
import { createEnvironment } from '../../../../connector/store/queries/environments.ts';
import { findIntegration, type Integration } from '../../../../connector/store/queries/integrations.ts';
import type { SyncType } from '../../../../connector/store/queries/syncs.ts';
import { listWebhooks, saveWebhook } from '../../../../connector/store/queries/webhooks.ts';
import { connectIntegration } from '../../../../connector/connect/connect-integration.ts';
import { runSync, type SyncSummary } from '../../../../connector/sync/run-sync.ts';
import { changeState, type StateChange } from '../../../../connector/webhooks/emit.ts';
import { eventTypes, type EventType } from '../../../../connector/webhooks/events.ts';
import { deliver, outbox } from '../../../../connector/work/deliveries.ts';
import { readWorkSettings, type WorkContext } from '../../../../connector/work/worker.ts';
import type { JobData } from '../../../../connector/work/queue.ts';
import type { StubGem } from '../../../support/stub-gem.ts';

export const secret = 'a secret that signs events';
export const gemApiKey = 'the key of the Gem account';

/** An environment whose accounts and workers a test moves by hand. */
export interface Scene {
  store: Store;
  clock: FixedClock;
  context: WorkContext;
  environmentId: string;
  /** What the operator was told. */
  logged: string[];
  /** Lets events be sent to an address. */
  subscribe(url: string, types?: readonly EventType[]): Promise<void>;
  connect(stub: Pick<StubGem, 'url'>): Promise<Integration>;
  sync(integration: Integration, type?: SyncType): Promise<SyncSummary>;
  change(integration: Integration, change: StateChange): Promise<void>;
  /** What one job of the kind `outbox`, and the jobs that it sends for this environment, do. */
  work(): Promise<void>;
  /** The deliveries, the oldest first. */
  deliveries(): Promise<DeliveryReport[]>;
}

/** Makes an environment, or goes on with one, in a store. */
export async function openScene(store: Store, name: string): Promise<Scene> {
  const { database } = store;
  const clock = fixedClock('2026-06-01T00:00:00.000Z');
  const environmentId = komboId('environment', name);
  const createdAt = '2026-01-01T00:00:00.000Z';
  await createEnvironment(database, { id: environmentId, name, apiKey: name, createdAt });
  const logged: string[] = [];
  const sent: { kind: string; data: JobData }[] = [];
  const context: WorkContext = {
    store,
    clock,
    log: (message, error) => logged.push(`${message} ${String(error)}`),
    settings: readWorkSettings({ webhooks: { allowPrivateAddresses: true } }),
    queue: {
      send: async (kind, data) => {
        sent.push({ kind, data });
      },
    },
    clientOf: ({ gem }) => createGemClient({ ...gem, retry: { limit: 2, delay: () => 1 } }),
  };
  const never = new AbortController().signal;

  return {
    store,
    clock,
    context,
    environmentId,
    logged,
    subscribe: async (url, types = eventTypes) => {
      const webhook = { environmentId, url, secret, eventTypes: types, isSetting: false };
      await saveWebhook(store, { ...webhook, at: createdAt });
    },
    connect: ({ url }) =>
      connectIntegration({
        store,
        clock,
        environmentId,
        gem: { url, apiKey: gemApiKey },
        actingUserId: 'user-1',
        endUserOrganizationName: 'Acme',
        isRemoteDataEnabled: false,
        endUser: { email: 'ada@acme.example', originId: 'customer-7' },
      }),
    sync: async ({ id }, type = 'FULL') => {
      const integration = await findIntegration(store, id);
      if (!integration) throw new Error('there is no such integration');
      return runSync({ store, clock, integration, gem: context.clientOf(integration), type });
    },
    change: (integration, change) =>
      database.transaction().execute((transaction) =>
        changeState(transaction, integration.id, {
          change,
          at: new Date(clock.now()).toISOString(),
        }),
      ),
    work: async () => {
      const own = new Set(
        (await listWebhooks(database, { environmentId, at: createdAt })).map(({ id }) => id),
      );
      await outbox.run(context, {}, never);
      const jobs = sent.splice(0).filter(({ data }) => own.has(data['webhookId'] ?? ''));
      await Promise.all(jobs.map(({ data }) => deliver.run(context, data, never)));
    },
    deliveries: async () => (await listDeliveries(database, { environmentId, limit: 1000 })).toReversed(),
  };
}
