// What decides whether an integration is synced: switched on or off, deleted, valid or not.
import { sql } from 'kysely';
import { integrationState, type IntegrationState } from './integrations.ts';
import type { Database } from '../schema.ts';

/**
 * Switches an integration on or off. Switching it off cancels what waits at once; the process that
 * runs a sync cancels it after the current page.
 */
export async function setIntegrationEnabled(
  database: Database,
  { id, isEnabled, at }: { id: string; isEnabled: boolean; at: string },
): Promise<void> {
  await sql`update integrations set is_enabled = ${isEnabled} where id = ${id}`.execute(database);
  if (!isEnabled) await cancelQueued(database, id, at);
}

/** Marks an integration deleted, which also cancels its syncs. Its data is left for a later clean-up. */
export async function markIntegrationDeleted(
  database: Database,
  { id, at }: { id: string; at: string },
): Promise<void> {
  await sql`
    update integrations set deleted_at = ${at}::timestamptz where id = ${id} and deleted_at is null
  `.execute(database);
  await cancelQueued(database, id, at);
}

/** Notes since when Gem refuses the credentials; an earlier time that is noted already stays. */
export async function markAuthenticationFailing(
  database: Database,
  { id, since }: { id: string; since: string },
): Promise<void> {
  await sql`
    update integrations
    set authentication_failing_since = coalesce(authentication_failing_since, ${since}::timestamptz)
    where id = ${id}
  `.execute(database);
}

/** Notes that Gem takes the credentials. */
export async function markAuthenticationWorking(database: Database, id: string): Promise<void> {
  await sql`
    update integrations set authentication_failing_since = null
    where id = ${id} and authentication_failing_since is not null
  `.execute(database);
}

/** Marks an integration invalid: it is not synced until it is connected again. */
export async function markIntegrationInvalid(
  database: Database,
  { id, at }: { id: string; at: string },
): Promise<void> {
  await sql`
    update integrations set invalid_since = ${at}::timestamptz where id = ${id} and invalid_since is null
  `.execute(database);
}

async function cancelQueued(database: Database, integrationId: string, at: string): Promise<void> {
  await sql`
    update syncs set state = 'CANCELLED', ended_at = ${at}::timestamptz
    where integration_id = ${integrationId} and state = 'QUEUED'
  `.execute(database);
}

/** What events say of an integration. */
export interface IntegrationStatus {
  integrationId: string;
  environmentId: string;
  endUser: { organization_name: string; creator_email: string | null; origin_id: string | null };
  state: IntegrationState;
  setupStatus: ReturnType<typeof setupStatusOf>;
  /** Whether a sync has brought data. */
  hasData: boolean;
  isDeleted: boolean;
  /** Where callers reach the connector; empty while that is not known. */
  publicUrl: string;
}

/**
 * Reads the status of an integration and holds its row to the end of the transaction. A writer of events does this first,
 * before it locks anything else of the integration: then no two wait for each other, and events are numbered in order.
 *
 * @returns undefined when there is no such integration
 */
export async function lockIntegrationStatus(
  database: Database,
  id: string,
): Promise<IntegrationStatus | undefined> {
  const { rows } = await sql<Omit<IntegrationStatus, 'setupStatus'> & Parameters<typeof setupStatusOf>[0]>`
    select integration.id as "integrationId", integration.environment_id as "environmentId",
      json_build_object('organization_name', integration.end_user_organization_name,
        'creator_email', integration.end_user_email, 'origin_id', integration.end_user_origin_id) as "endUser",
      ${integrationState} as state, integration.acting_user_id as "actingUserId",
      instant(integration.first_synced_at) as "firstSyncedAt", integration.first_synced_at is not null as "hasData",
      integration.deleted_at is not null as "isDeleted", coalesce(environment.public_url, '') as "publicUrl"
    from integrations as integration join environments as environment on environment.id = integration.environment_id
    where integration.id = ${id}
    for no key update of integration
  `.execute(database);
  const [row] = rows;
  if (!row) return undefined;
  const { actingUserId, firstSyncedAt, ...status } = row;
  return { ...status, setupStatus: setupStatusOf({ actingUserId, firstSyncedAt }) };
}

/** How far the setup of an integration has come. Without an acting user nothing can be written to Gem. */
export function setupStatusOf({
  actingUserId,
  firstSyncedAt,
}: {
  actingUserId: string | null;
  firstSyncedAt: string | null;
}): 'INCOMPLETE' | 'FINAL_SYNC_PENDING' | 'COMPLETED' {
  if (actingUserId === null) return 'INCOMPLETE';
  return firstSyncedAt === null ? 'FINAL_SYNC_PENDING' : 'COMPLETED';
}
