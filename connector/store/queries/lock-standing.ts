import { sql } from 'kysely';
import { setupStatusOf } from '../../policy/setup-status.ts';
import type { Database } from '../schema.ts';
import { integrationState, type IntegrationState } from './integrations.ts';

/** What events say of an integration. */
export interface Standing {
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
 * Reads how an integration stands and holds its row to the end of the transaction. Whoever writes events about it does
 * this first, before anything else of it is locked: then no two wait for each other, and events are numbered in order.
 *
 * @returns undefined when there is no such integration
 */
export async function lockStanding(database: Database, id: string): Promise<Standing | undefined> {
  const { rows } = await sql<Omit<Standing, 'setupStatus'> & Parameters<typeof setupStatusOf>[0]>`
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
  const { actingUserId, firstSyncedAt, ...standing } = row;
  return { ...standing, setupStatus: setupStatusOf({ actingUserId, firstSyncedAt }) };
}
