import { toInstant } from '../contracts/clock.ts';
import { listen } from '../contracts/server/listen.ts';
import { saveAutomaticSource, type AutomaticSource } from './actions/resolve-source.ts';
import { frontDoorSettings } from './api/front-door.ts';
import { createApp } from './app.ts';
import { openBackground } from './background.ts';
import { readConfig, type ConnectorConfig, type ConnectorOptions } from './config.ts';
import { findKeyHolder } from './connect/relink.ts';
import { komboId } from './identifiers.ts';
import { openStore, type Store } from './store/open-store.ts';
import { createEnvironment, savePublicUrl } from './store/queries/environments.ts';
import { saveCustomFields } from './store/queries/fields.ts';
import { findIntegration, type Integration } from './store/queries/integrations.ts';
import { countRows } from './store/queries/rows.ts';
import type { SyncReport, SyncType } from './store/queries/syncs.ts';
import { connectIntegration, type GemAccount } from './connect/connect-integration.ts';
import { ShuttingDown } from './sync/outcome.ts';
import { observeStore } from './status/gauges.ts';
import { listenForStatus } from './status/serve-status.ts';
import type { OnProgress } from './sync/reading.ts';
import type { SyncSummary } from './sync/run-sync.ts';
import { applyWebhookSettings } from './webhooks/settings.ts';
import { awaitSync, enduring, requestSync, type RequestedSync } from './work/request-sync.ts';
import { syncNow } from './work/sync.ts';

export type { Clock } from '../contracts/clock.ts';
export type { UnifiedSchemas } from '../contracts/unified.ts';

/** What it takes to connect a Gem account to a running connector. */
export type ConnectOptions = GemAccount & {
  /** The customer whose account it is. */
  endUserOrganizationName?: string | undefined;
  /** Whether rows carry Gem's records as they came; false when left out. */
  isRemoteDataEnabled?: boolean;
  /**
   * Whether created applications get a source by themselves, and which: the one that is called like the environment, or
   * the one with this name or this id at Gem (kombo-unified-api §4.1). Left out, it stays as it is; at first none is
   * written.
   */
  automaticSource?: boolean | AutomaticSource;
  /** The integration that takes the key, or true for the only one there is. */
  relink?: string | boolean | undefined;
  /** Whether it takes the place of a key that Gem refuses, where both are of the same account; not when left out. */
  replacesRefusedKey?: boolean | undefined;
};

/** A running connector. */
export interface Connector {
  /** The server, as in `http://127.0.0.1:4020`. */
  url: string;
  /** The unified API: what a Kombo client takes as its `server_url`. */
  apiUrl: string;
  /** Where its health and its metrics are asked for. */
  statusUrl: string;
  /** The key that callers send. */
  apiKey: string;
  environmentId: string;
  /**
   * Connects a Gem account, after its key has proved good. The same account is the same integration.
   *
   * @throws GemError when Gem refuses the key or cannot be reached; CannotRelink
   */
  connect(options: ConnectOptions): Promise<Integration>;
  /**
   * Brings an integration's data up to date, in this process, with a full sync if nothing else is said. The summary's state
   * says what went wrong at Gem.
   *
   * @throws Error when there is no such integration
   */
  sync(integrationId: string, options?: { type?: SyncType; onProgress?: OnProgress }): Promise<SyncSummary>;
  /**
   * Asks for a sync, which some worker then performs: this connector if it is one, or another process.
   *
   * @throws NotSynced when the integration is switched off, invalid or unknown
   */
  requestSync(integrationId: string, type: SyncType): Promise<RequestedSync>;
  /** Waits for the end of a sync, which any process may perform. Closing the connector ends the waiting. */
  awaitSync(syncId: string, options?: { onProgress?: OnProgress }): Promise<SyncReport>;
  /** How many rows of each model an integration has. */
  countRows(integrationId: string): Promise<Record<string, number>>;
  /** Does what may be done again, once more after each time that the database was away. */
  enduring<Result>(task: () => Promise<Result>): Promise<Result>;
  /** Stops listening and working, then closes the store. A sync that runs is left to be resumed. */
  close(): Promise<void>;
}

/**
 * Starts the connector: opens its store, makes sure of its environment, and serves the unified API.
 *
 * @throws StoreInUse when another process has the embedded database open, DatabaseUnreachable when the server cannot be
 *   used, PortTaken when the port is in use, UnusableKey, MissingKey, LostKey or WrongKey when the encryption key will not do,
 *   UnusableWebhook when a webhook cannot be set up so
 */
export async function startConnector(options: ConnectorOptions = {}): Promise<Connector> {
  const config = readConfig(options);
  const store = await openStore(config);
  try {
    return await serve(store, config);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function serve(store: Store, config: ConnectorConfig): Promise<Connector> {
  const { database, vault, locks } = store;
  const { clock, log, apiKey, downloads, actionTimeLimit, host, statusPort } = config;
  const telemetry = await config.telemetry;
  const environment = await createEnvironment(database, {
    id: komboId('environment', config.environmentName),
    name: config.environmentName,
    apiKey,
    isOnlyKey: config.isApiKeyGiven,
    createdAt: toInstant(clock.now()),
  });
  await saveCustomFields(database, environment.id, config.customFields);
  await applyWebhookSettings(store, {
    environmentId: environment.id,
    webhooks: config.webhooks,
    allowPrivateAddresses: config.work.webhooks.allowPrivateAddresses,
    at: toInstant(clock.now()),
  });
  const background = await openBackground(store, config);
  const { context } = background;
  const request = (integrationId: string, type: SyncType) => requestSync(context, integrationId, type);
  const closing = new AbortController();
  const underway = new Set<Promise<unknown>>();
  /** Whatever uses the store is waited for before it is closed. */
  async function during<Result>(task: Promise<Result>): Promise<Result> {
    underway.add(task);
    return task.finally(() => underway.delete(task));
  }

  const gauges = telemetry && observeStore({ database, clock }, background.watched.kinds);
  const status = { ...background.watched, telemetry, gauges };
  const app = createApp(
    {
      database,
      vault,
      locks,
      clock,
      log,
      downloads,
      actionTimeLimit,
      clientOf: background.urgentClientOf,
      requestSync: request,
      sendEvents: () => context.queue.send('outbox', {}, ''),
    },
    {
      ...config,
      environment: { environmentId: environment.id, apiKey },
      onGoingOn: (rest) => void during(rest),
      status,
      hasMetrics: statusPort === undefined,
    },
  );
  const listening = await listenAll().catch(async (error: unknown) => {
    gauges?.stop();
    await background.close();
    throw error;
  });
  const publicUrl = config.publicUrl ?? listening.url;
  await savePublicUrl(database, { environmentId: environment.id, publicUrl });

  async function listenAll() {
    const api = await listen({ ...config, ...frontDoorSettings(log) }, () => app);
    try {
      const own = await listenForStatus(status, { host, port: statusPort });
      return {
        url: api.url,
        statusUrl: own?.url ?? api.url,
        close: () => Promise.all([api.close(), own?.close()]),
      };
    } catch (error) {
      await api.close();
      throw error;
    }
  }

  async function sync(
    integrationId: string,
    options: { type?: SyncType | undefined; onProgress?: OnProgress | undefined },
  ): Promise<SyncSummary> {
    const integration = await findIntegration(store, integrationId);
    if (integration?.environmentId !== environment.id) throw new Error(`no integration ${integrationId}`);
    return syncNow(context, integrationId, { signal: closing.signal, ...options });
  }

  return {
    url: listening.url,
    apiUrl: `${listening.url}/v1`,
    statusUrl: listening.statusUrl,
    apiKey,
    environmentId: environment.id,
    connect: async ({
      endUserOrganizationName = config.environmentName,
      isRemoteDataEnabled = false,
      automaticSource,
      relink,
      replacesRefusedKey,
      ...account
    }) => {
      const { actingUserId, jobBoardVanity } = account;
      const gem = {
        url: account.gem.url.replace(/\/+$/, ''),
        apiKey: account.gem.apiKey,
        applicationSecret: account.gem.applicationSecret ?? null,
      };
      const holder = await findKeyHolder(
        { database, vault, log, clientOf: background.urgentClientOf },
        { environmentId: environment.id, gem, relink, isFoundOut: replacesRefusedKey },
      );
      const renewed = holder?.gem.apiKey === gem.apiKey ? undefined : holder;
      const integration = await connectIntegration({
        store,
        clock,
        clientOf: background.urgentClientOf,
        environmentId: environment.id,
        endUserOrganizationName,
        isRemoteDataEnabled,
        ...account,
        integrationId: holder?.id,
        actingUserId: actingUserId ?? renewed?.actingUserId,
        jobBoardVanity: jobBoardVanity ?? renewed?.jobBoardVanity,
      });
      if (automaticSource !== undefined) {
        const source = automaticSource === true ? {} : automaticSource || null;
        await saveAutomaticSource(database, integration.id, source);
      }
      return integration;
    },
    sync: (integrationId, options = {}) => during(sync(integrationId, options)),
    requestSync: request,
    awaitSync: (syncId, { onProgress } = {}) =>
      during(awaitSync(store, syncId, { signal: closing.signal, onProgress })),
    countRows: (integrationId) => countRows(database, integrationId),
    enduring: (task) => enduring(store.outages, closing.signal, task),
    close: async () => {
      closing.abort(new ShuttingDown());
      gauges?.stop();
      await listening.close();
      await background.close();
      await Promise.allSettled(underway);
      await store.close();
    },
  };
}
