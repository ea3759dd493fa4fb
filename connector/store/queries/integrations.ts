import { sql } from 'kysely';
import type { Scope } from '../../policy/scope.ts';
import { toJson } from '../storable.ts';
import type { Store } from '../open-store.ts';
import type { Database } from '../schema.ts';
import type { Vault } from '../vault.ts';

// Integrations, and the only place where Gem's credentials are read from or written to the database.

/**
 * Whether an integration is synced: ACTIVE; INVALID once Gem has refused its credentials for days, until it is connected
 * again; INACTIVE while it is switched off (kombo-unified-api §4.8).
 */
export type IntegrationState = 'ACTIVE' | 'INVALID' | 'INACTIVE';

/** One Gem account connected to one environment. Times are instants with milliseconds and `Z`. */
export interface Integration {
  id: string;
  environmentId: string;
  gem: { url: string; apiKey: string; applicationSecret: string | null };
  /** The Gem user in whose name the connector writes. */
  actingUserId: string | null;
  /** The job board's word in `jobs.gem.com/{vanity}`. */
  jobBoardVanity: string | null;
  endUserOrganizationName: string;
  isRemoteDataEnabled: boolean;
  /** Whether only applications that were created through this connector are synced (kombo-unified-api §4.2). */
  isCreatedOnly: boolean;
  /** What is on and off for it (kombo-unified-api §4.9). */
  scope: Scope;
  state: IntegrationState;
  /** When the first sync ended that brought data; null until then. */
  firstSyncedAt: string | null;
  /** Since when its data no longer goes with its settings; null while it does. */
  dataExpiredAt: string | null;
  createdAt: string;
}

/**
 * Inserts an integration. One that is already there keeps its creation and first sync and takes over the rest; it is
 * valid again, and no longer deleted.
 *
 * @returns the integration as it is stored
 */
export async function saveIntegration(
  { database, vault }: Sealed,
  integration: Omit<Integration, 'firstSyncedAt' | 'dataExpiredAt' | 'state' | 'isCreatedOnly' | 'scope'> & {
    /** Left out, it stays as it is; at first it is off (kombo-unified-api §8 #5). */
    isCreatedOnly?: boolean | undefined;
  },
): Promise<Integration> {
  const { gem } = integration;
  const isCreatedOnly = integration.isCreatedOnly ?? null;
  const { rows } = await sql<IntegrationRow>`
    insert into integrations
      (id, environment_id, gem_url, gem_api_key, gem_application_secret, acting_user_id, job_board_vanity,
       end_user_organization_name, is_remote_data_enabled, is_created_only, created_at)
    values
      (${integration.id}, ${integration.environmentId}, ${gem.url}, ${vault.seal(gem.apiKey)},
       ${gem.applicationSecret === null ? null : vault.seal(gem.applicationSecret)},
       ${integration.actingUserId}, ${integration.jobBoardVanity}, ${integration.endUserOrganizationName},
       ${integration.isRemoteDataEnabled}, coalesce(${isCreatedOnly}::boolean, false),
       ${integration.createdAt}::timestamptz)
    on conflict (id) do update set
      gem_api_key = excluded.gem_api_key,
      gem_application_secret = excluded.gem_application_secret,
      acting_user_id = excluded.acting_user_id,
      job_board_vanity = excluded.job_board_vanity,
      end_user_organization_name = excluded.end_user_organization_name,
      is_remote_data_enabled = excluded.is_remote_data_enabled,
      is_created_only = coalesce(${isCreatedOnly}::boolean, integrations.is_created_only),
      authentication_failing_since = null,
      invalid_since = null,
      deleted_at = null
    returning ${columns}
  `.execute(database);
  const [row] = rows;
  if (!row) throw new Error('the database kept no integration');
  return toIntegration(vault, row);
}

/** @returns undefined when there is no such integration, or it was deleted */
export async function findIntegration(
  { database, vault }: Sealed,
  id: string,
): Promise<Integration | undefined> {
  const { rows } = await sql<IntegrationRow>`
    select ${columns} from integrations where id = ${id} and deleted_at is null
  `.execute(database);
  return rows.map((row) => toIntegration(vault, row))[0];
}

/** All integrations of an environment, the oldest first. */
export async function listIntegrations(
  { database, vault }: Sealed,
  environmentId: string,
): Promise<Integration[]> {
  const { rows } = await sql<IntegrationRow>`
    select ${columns} from integrations
    where environment_id = ${environmentId} and deleted_at is null
    order by created_at, id
  `.execute(database);
  return rows.map((row) => toIntegration(vault, row));
}

/** Notes when an integration first got its data; a later time changes nothing. */
export async function markFirstSynced(database: Database, id: string, at: string): Promise<void> {
  await sql`
    update integrations set first_synced_at = ${at}::timestamptz where id = ${id} and first_synced_at is null
  `.execute(database);
}

/** Where integrations are, and what their credentials are sealed with. */
type Sealed = Pick<Store, 'database' | 'vault'>;

/** What decides of an integration's state; `integrations` must be the only table with these columns. */
export const integrationState = sql.raw(
  `case when not is_enabled then 'INACTIVE' when invalid_since is not null then 'INVALID' else 'ACTIVE' end`,
);

const columns = sql`
  id, environment_id, gem_url, gem_api_key, gem_application_secret, acting_user_id, job_board_vanity,
  end_user_organization_name, is_remote_data_enabled, is_created_only, opted_out,
  (select scope from environments as environment where environment.id = environment_id) as scope_settings,
  instant(first_synced_at) as first_synced_at,
  instant(data_expired_at) as data_expired_at,
  instant(created_at) as created_at,
  ${integrationState} as state`;

interface IntegrationRow {
  id: string;
  environment_id: string;
  gem_url: string;
  gem_api_key: string;
  gem_application_secret: string | null;
  acting_user_id: string | null;
  job_board_vanity: string | null;
  end_user_organization_name: string;
  is_remote_data_enabled: boolean;
  is_created_only: boolean;
  opted_out: string[];
  scope_settings: Scope['settings'];
  state: IntegrationState;
  first_synced_at: string | null;
  data_expired_at: string | null;
  created_at: string;
}

function toIntegration(vault: Vault, row: IntegrationRow): Integration {
  return {
    id: row.id,
    environmentId: row.environment_id,
    gem: {
      url: row.gem_url,
      apiKey: vault.open(row.gem_api_key),
      applicationSecret: row.gem_application_secret === null ? null : vault.open(row.gem_application_secret),
    },
    actingUserId: row.acting_user_id,
    jobBoardVanity: row.job_board_vanity,
    endUserOrganizationName: row.end_user_organization_name,
    isRemoteDataEnabled: row.is_remote_data_enabled,
    isCreatedOnly: row.is_created_only,
    scope: { settings: row.scope_settings, optedOut: row.opted_out },
    state: row.state,
    firstSyncedAt: row.first_synced_at,
    dataExpiredAt: row.data_expired_at,
    createdAt: row.created_at,
  };
}

/** Whether an integration has any of these users of Gem, or no users at all yet. */
export async function sharesUsers(
  database: Database,
  { integrationId, remoteIds }: { integrationId: string; remoteIds: readonly string[] },
): Promise<boolean> {
  const { rows } = await sql<{ shares: boolean }>`
    select count(*) = 0
      or bool_or(remote_id in (select json_array_elements_text(${toJson(remoteIds)}::json))) as shares
    from ats_users where integration_id = ${integrationId}
  `.execute(database);
  return rows[0]?.shares ?? true;
}

/** Who connected an integration, as the caller knows them (kombo-unified-api §4.6). */
export interface EndUser {
  email: string | null;
  originId: string | null;
}

/** Notes who connected an integration. */
export async function saveEndUser(
  database: Database,
  { integrationId, email, originId }: EndUser & { integrationId: string },
): Promise<void> {
  await sql`
    update integrations set end_user_email = ${email}, end_user_origin_id = ${originId} where id = ${integrationId}
  `.execute(database);
}

/** Who connected an integration; unknown where the command line did. */
export async function readEndUser(database: Database, integrationId: string): Promise<EndUser> {
  const { rows } = await sql<EndUser>`
    select end_user_email as email, end_user_origin_id as "originId" from integrations where id = ${integrationId}
  `.execute(database);
  return rows[0] ?? { email: null, originId: null };
}
