// Links to the connection page. A token opens a link and is never stored, only its hash; and what a customer enters waits
// here, sealed, until the connection is made.
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Store } from '../open-store.ts';
import type { Database } from '../schema.ts';
import type { Vault } from '../vault.ts';

/** What a link is for: a new connection, a new key for an integration, or what an integration's setup lacks. */
export type LinkPurpose = 'CONNECT' | 'RELINK' | 'SETUP';

/** What a link is made for. */
export interface NewLink {
  environmentId: string;
  purpose: LinkPurpose;
  /** The integration that it is about; null as long as there is none. */
  integrationId: string | null;
  /** Whether other pages may show the connection page within them. */
  isEmbedded: boolean;
  endUserOrganizationName: string;
  endUserEmail: string | null;
  endUserOriginId: string | null;
  /** Whether only created applications are to be synced; null for what is usual. */
  isCreatedOnly: boolean | null;
}

/** A link. Times are instants. */
export interface ConnectionLink extends NewLink {
  environmentName: string;
  /** How many keys were refused. */
  refusals: number;
  /** The key that was entered and proved good; null before, and once the connection is made. */
  gemApiKey: string | null;
  completedAt: string | null;
  /** The first sync; null where none was asked for. */
  syncId: string | null;
}

/** Stores a link. */
export async function createLink(
  database: Database,
  link: NewLink & { token: string; at: string; expiresAt: string },
): Promise<void> {
  await sql`
    insert into connection_links
      (token_hash, environment_id, purpose, integration_id, is_embedded, end_user_organization_name, end_user_email,
       end_user_origin_id, is_created_only, created_at, expires_at)
    values
      (${hashOf(link.token)}, ${link.environmentId}, ${link.purpose}, ${link.integrationId}, ${link.isEmbedded},
       ${link.endUserOrganizationName}, ${link.endUserEmail}, ${link.endUserOriginId},
       ${link.isCreatedOnly}::boolean, ${link.at}::timestamptz, ${link.expiresAt}::timestamptz)
  `.execute(database);
}

/**
 * @param keysSince keys that were entered before this instant are not given out any more
 * @returns undefined when no link has this token, it has expired, or its integration was deleted
 */
export async function findLink(
  { database, vault }: Sealed,
  { token, at, keysSince }: { token: string; at: string; keysSince: string },
): Promise<ConnectionLink | undefined> {
  const { rows } = await sql<ConnectionLink>`
    select link.environment_id as "environmentId", environment.name as "environmentName", link.purpose,
      link.integration_id as "integrationId", link.is_embedded as "isEmbedded", link.refusals,
      link.end_user_organization_name as "endUserOrganizationName", link.end_user_email as "endUserEmail",
      link.end_user_origin_id as "endUserOriginId", link.is_created_only as "isCreatedOnly",
      case when link.gem_api_key_kept_at >= ${keysSince}::timestamptz then link.gem_api_key end as "gemApiKey",
      instant(link.completed_at) as "completedAt", link.sync_id as "syncId"
    from connection_links as link
      join environments as environment on environment.id = link.environment_id
      left join integrations as integration on integration.id = link.integration_id
    where link.token_hash = ${hashOf(token)} and link.expires_at > ${at}::timestamptz
      and integration.deleted_at is null
  `.execute(database);
  return rows.map((link) => opened(vault, link))[0];
}

/** Keeps a key that proved good until the rest was chosen; null forgets it. */
export async function saveEnteredKey(
  { database, vault }: Sealed,
  { token, gemApiKey, at }: { token: string; gemApiKey: string | null; at: string },
): Promise<void> {
  await sql`
    update connection_links
    set gem_api_key = ${gemApiKey === null ? null : vault.seal(gemApiKey)}, gem_api_key_kept_at = ${at}::timestamptz
    where token_hash = ${hashOf(token)} and completed_at is null
  `.execute(database);
}

/** Counts a key that Gem refused. */
export async function countRefusal(database: Database, token: string): Promise<void> {
  await sql`
    update connection_links set refusals = refusals + 1 where token_hash = ${hashOf(token)}
  `.execute(database);
}

/** Saves the result of a link, and deletes the key. */
export async function completeLink(
  database: Database,
  {
    token,
    integrationId,
    syncId,
    resultToken,
    at,
  }: { token: string; integrationId: string; syncId: string | null; resultToken: string; at: string },
): Promise<void> {
  await sql`
    update connection_links set
      integration_id = ${integrationId}, sync_id = ${syncId}, completed_at = ${at}::timestamptz,
      result_token_hash = ${hashOf(resultToken)}, gem_api_key = null, gem_api_key_kept_at = null
    where token_hash = ${hashOf(token)}
  `.execute(database);
}

/** @returns the id of the integration that a connection made, since an instant; undefined for an unknown token */
export async function findConnected(
  database: Database,
  { resultToken, environmentId, since }: { resultToken: string; environmentId: string; since: string },
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select integration_id as id from connection_links
    where result_token_hash = ${hashOf(resultToken)} and environment_id = ${environmentId}
      and completed_at >= ${since}::timestamptz
  `.execute(database);
  return rows[0]?.id;
}

type Sealed = Pick<Store, 'database' | 'vault'>;

function opened(vault: Vault, link: ConnectionLink): ConnectionLink {
  return { ...link, gemApiKey: link.gemApiKey === null ? null : vault.open(link.gemApiKey) };
}

/** The tokens have 256 random bits, so a plain hash does not give them away; looking one up takes no comparing. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
