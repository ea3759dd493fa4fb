import { toInstant, type Clock } from '../../contracts/clock.ts';
import { createGemClient, type GemClient } from '../gem/client.ts';
import { GemError, GemRefusedKey } from '../gem/errors.ts';
import { pagesOf } from '../gem/pages.ts';
import { identifier, isDeleted } from '../models/forms.ts';
import { integrationIdFrom } from '../identifiers.ts';
import type { Store } from '../store/open-store.ts';
import { type EndUser, findIntegration, type Integration } from '../store/queries/integrations.ts';
import { recordConnection } from '../webhooks/emit.ts';

/** A Gem account that is to be connected. */
export interface GemAccount {
  gem: { url: string; apiKey: string; applicationSecret?: string | null | undefined };
  /** The Gem user in whose name the connector writes; left out, the first administrator. */
  actingUserId?: string | null | undefined;
  /** The job board's word in `jobs.gem.com/{vanity}`. */
  jobBoardVanity?: string | null | undefined;
  /** Whether only applications that are created through the connector are synced; left out, it stays as it is. */
  isCreatedOnly?: boolean | undefined;
}

/** What it takes to connect a Gem account. */
export interface ConnectIntegration extends GemAccount {
  store: Pick<Store, 'database' | 'vault'>;
  clock: Clock;
  environmentId: string;
  /** The integration that takes the key; left out, the one that is made from it. */
  integrationId?: string | undefined;
  /** Makes the client that asks Gem; a usual one when left out. */
  clientOf?: (connected: Pick<Integration, 'gem'>) => GemClient;
  endUserOrganizationName: string;
  /** Who connects it, as the caller knows them; left out, what is known stays. */
  endUser?: EndUser;
  /** Whether rows carry Gem's records as they came. */
  isRemoteDataEnabled: boolean;
}

/**
 * Connects a Gem account to an environment, after the key has proved good. The same account is the same integration: it
 * keeps its id and its data, and takes over the rest.
 *
 * @throws GemRefusedKey when Gem does not take the key, or another GemError when Gem cannot be asked
 */
export async function connectIntegration(options: ConnectIntegration): Promise<Integration> {
  const { store, clock, environmentId, endUserOrganizationName, isRemoteDataEnabled } = options;
  const gem = {
    url: options.gem.url.replace(/\/+$/, ''),
    apiKey: options.gem.apiKey,
    applicationSecret: options.gem.applicationSecret ?? null,
  };
  const client = options.clientOf?.({ gem }) ?? createGemClient(gem);
  await proveKey(client);
  const at = toInstant(clock.now());
  const id = options.integrationId ?? integrationIdFrom(environmentId, gem.url, gem.apiKey);
  const connected = {
    id,
    environmentId,
    gem,
    actingUserId: options.actingUserId ?? (await findAdministrator(client, () => findActingUser(store, id))),
    jobBoardVanity: options.jobBoardVanity ?? null,
    endUserOrganizationName,
    isRemoteDataEnabled,
    isCreatedOnly: options.isCreatedOnly,
    createdAt: at,
  };
  return recordConnection(store, connected, { at, endUser: options.endUser });
}

/**
 * Asks for something that a good key opens: the team's users, or else those of its recruiting.
 *
 * @throws GemError why neither can be read
 */
async function proveKey(gem: GemClient): Promise<void> {
  try {
    await gem.ask('listTeamUsers', { query: { page_size: 1 } });
  } catch (error) {
    if (error instanceof GemRefusedKey) throw error;
    await gem.ask('listUsers', { query: { per_page: 1 }, retries: 0 }).catch(() => {
      throw error;
    });
  }
}

async function findActingUser(store: ConnectIntegration['store'], id: string): Promise<string | null> {
  return (await findIntegration(store, id))?.actingUserId ?? null;
}

/**
 * The first user who may do everything; null when there is none.
 *
 * @param before gives the one who was found before, should Gem not show its users, which no reading depends on
 */
async function findAdministrator(
  gem: GemClient,
  before: () => Promise<string | null>,
): Promise<string | null> {
  try {
    for await (const { records } of pagesOf(gem, 'listUsers')) {
      const [found] = records.flatMap(toActiveAdministrator);
      if (found !== undefined) return found;
    }
  } catch (error) {
    if (!(error instanceof GemError) || (error instanceof GemRefusedKey && error.status === 401)) throw error;
    return before();
  }
  return null;
}

/** A user counts as active unless the record says otherwise; they are an administrator only if it says so. */
function toActiveAdministrator(user: unknown): string[] {
  if (typeof user !== 'object' || user === null) return [];
  const read = (key: string): unknown => Reflect.get(user, key);
  const isActive = read('site_admin') === true && read('disabled') !== true && !isDeleted(user);
  const id = identifier(read('id'));
  return isActive && id !== undefined ? [id] : [];
}
