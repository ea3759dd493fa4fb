// What decides whether an integration is synced: switched on or off, deleted, valid or not.
import { sql } from 'kysely';
import type { Database } from '../schema.ts';

/**
 * Switches an integration on or off. Switching it off cancels what waits at once; a sync that runs is cancelled by
 * whoever runs it, after its current page.
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

/** Marks an integration invalid: it is synced no more until it is connected again. */
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
