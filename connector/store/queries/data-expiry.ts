// Since when an integration's data no longer goes with its settings. Mappings of fields are looked up as rows are read, so
// a change of one makes nothing outdated.
import { sql } from 'kysely';
import type { Database } from '../schema.ts';

/** The settings that decide what a sync brings. */
interface SyncedBy {
  isRemoteDataEnabled: boolean;
  /** Undefined where it stays as it is. */
  isCreatedOnly?: boolean | undefined;
}

/**
 * Notes that an integration's data is outdated, if these settings are other ones than it has and data was read by those.
 * It has to be done before the settings are stored.
 */
export async function expireData(
  database: Database,
  { id, at, isRemoteDataEnabled, isCreatedOnly }: SyncedBy & { id: string; at: string },
): Promise<void> {
  await sql`
    update integrations set data_expired_at = ${at}::timestamptz
    where id = ${id} and first_synced_at is not null
      and (is_remote_data_enabled <> ${isRemoteDataEnabled}::boolean
        or is_created_only <> coalesce(${isCreatedOnly ?? null}::boolean, is_created_only))
  `.execute(database);
}

/** Notes that everything was read anew by these settings; what was changed since the sync began still waits for one. */
export async function renewData(
  database: Database,
  {
    id,
    startedAt,
    isRemoteDataEnabled,
    isCreatedOnly,
  }: Required<SyncedBy> & { id: string; startedAt: string },
): Promise<void> {
  await sql`
    update integrations set data_expired_at = null
    where id = ${id} and data_expired_at <= ${startedAt}::timestamptz
      and is_remote_data_enabled = ${isRemoteDataEnabled}::boolean
      and is_created_only = ${isCreatedOnly}::boolean
  `.execute(database);
}
