import { toInstant } from '../contracts/clock.ts';
import { listen } from '../contracts/listen.ts';
import { createApp } from './app.ts';
import { readConfig, type ConnectorConfig, type ConnectorOptions } from './config.ts';
import { createGemClient, type GemClient } from './gem/index.ts';
import { komboId } from './models/identifiers.ts';
import {
  createEnvironment,
  findIntegration,
  openStore,
  type Integration,
  type Store,
} from './store/index.ts';
import {
  connectIntegration,
  runSync,
  type ConnectIntegration,
  type OnProgress,
  type SyncSummary,
} from './sync/index.ts';

/** What it takes to connect a Gem account to a running connector. */
export type ConnectOptions = Pick<ConnectIntegration, 'gem' | 'actingUserId' | 'jobBoardVanity'> & {
  /** The customer whose account it is. */
  endUserOrganizationName?: string | undefined;
  /** Whether rows carry Gem's records as they came; false when left out. */
  isRemoteDataEnabled?: boolean;
};

/** A running connector. */
export interface Connector {
  /** The server, as in `http://127.0.0.1:4020`. */
  url: string;
  /** The unified API: what a Kombo client takes as its `server_url`. */
  apiUrl: string;
  /** The key that callers send. */
  apiKey: string;
  environmentId: string;
  /**
   * Connects a Gem account, after its key has proved good. The same account is the same integration.
   *
   * @throws GemError when Gem refuses the key or cannot be reached
   */
  connect(options: ConnectOptions): Promise<Integration>;
  /**
   * Brings an integration's data up to date with a full sync. What goes wrong at Gem is told by the summary's state.
   *
   * @throws Error when there is no such integration
   */
  sync(integrationId: string, options?: { onProgress?: OnProgress }): Promise<SyncSummary>;
  /** Stops listening, then closes the store. */
  close(): Promise<void>;
}

/**
 * Starts the connector: opens its store, makes sure of its environment, and serves the unified API.
 *
 * @throws StoreInUse when another process has the data open, PortTaken when the port is in use, UnusableKey when the
 *   encryption key will not do
 */
export async function startConnector(options: ConnectorOptions = {}): Promise<Connector> {
  const config = readConfig(options);
  const store = await openStore({ dataDirectory: config.dataDirectory, encryptionKey: config.encryptionKey });
  try {
    return await serve(store, config);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function serve(store: Store, config: ConnectorConfig): Promise<Connector> {
  const { database, vault } = store;
  const { clock, apiKey } = config;
  const environment = await createEnvironment(database, {
    id: komboId('environment', config.environmentName),
    name: config.environmentName,
    apiKey,
    createdAt: toInstant(clock.now()),
  });
  const app = createApp(
    { database, vault, clock, log: config.log, downloads: config.downloads, clientOf },
    config,
  );
  const { url, close } = await listen(config, () => app);

  return {
    url,
    apiUrl: `${url}/v1`,
    apiKey,
    environmentId: environment.id,
    connect: ({
      endUserOrganizationName = config.environmentName,
      isRemoteDataEnabled = false,
      ...account
    }) =>
      connectIntegration({
        store,
        clock,
        environmentId: environment.id,
        endUserOrganizationName,
        isRemoteDataEnabled,
        ...account,
      }),
    sync: async (integrationId, { onProgress } = {}) => {
      const integration = await findIntegration(store, integrationId);
      if (integration?.environmentId !== environment.id) throw new Error(`no integration ${integrationId}`);
      const gem = clientOf(integration);
      return runSync({ store, clock, integration, gem, type: 'FULL', ...(onProgress && { onProgress }) });
    },
    close: async () => {
      await close();
      await store.close();
    },
  };
}

function clientOf({ gem }: Integration): GemClient {
  return createGemClient(gem);
}
