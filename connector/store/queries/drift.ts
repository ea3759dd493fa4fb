// Where Gem's records depart from its description: fields and ways, and none of the values.
import { sql } from 'kysely';
import type { Departure } from '../../../contracts/drift/departures.ts';
import type { ListingName } from '../../models/listings.ts';
import { toJson } from '../storable.ts';
import type { Database } from '../schema.ts';

/** One way in which the records of a list depart, and how often it was met. Times are instants. */
export interface DriftReport extends Departure {
  listing: ListingName;
  count: number;
  firstSeenAt: string;
  lastSeenAt: string;
}

/**
 * Adds to what was counted; belongs into the transaction that writes the records. Past some hundred ways for each list, new
 * ones are no longer noted.
 */
export async function noteDrift(
  database: Database,
  {
    integrationId,
    syncId,
    listing,
    counts,
    at,
  }: {
    integrationId: string;
    /** The sync that met them, if one did. */
    syncId?: string | undefined;
    listing: ListingName;
    counts: readonly (Departure & { count: number })[];
    at: string;
  },
): Promise<void> {
  if (counts.length === 0) return;
  // Sorted: writers who take the same rows in the same order cannot lock each other out.
  await sql`
    insert into schema_drift as known (integration_id, listing, path, kind, count, first_seen_at, last_seen_at)
    select ${integrationId}, ${listing}, path, kind, count, ${at}::timestamptz, ${at}::timestamptz
    from json_to_recordset(${toJson(counts)}::json) as given (path text, kind text, count bigint)
    where (select count(*) from schema_drift where integration_id = ${integrationId} and listing = ${listing}) < 500
      or exists (
        select from schema_drift as same
        where same.integration_id = ${integrationId} and same.listing = ${listing}
          and same.path = given.path and same.kind = given.kind
      )
    order by path, kind
    on conflict (integration_id, listing, path, kind) do update set
      count = known.count + excluded.count, last_seen_at = greatest(known.last_seen_at, excluded.last_seen_at)
  `.execute(database);
  if (syncId === undefined) return;
  await sql`
    insert into sync_drift as known (sync_id, listing, path, kind, count)
    select ${syncId}, ${listing}, given.path, given.kind, given.count
    from json_to_recordset(${toJson(counts)}::json) as given (path text, kind text, count bigint)
      join schema_drift as noted on noted.integration_id = ${integrationId} and noted.listing = ${listing}
        and noted.path = given.path and noted.kind = given.kind
    order by given.path, given.kind
    on conflict (sync_id, listing, path, kind) do update set count = known.count + excluded.count
  `.execute(database);
}

/** How an integration's records depart, the most frequent first. @param limit how many ways are told; all where left out */
export async function readDrift(
  database: Database,
  integrationId: string,
  limit: number | null = null,
): Promise<DriftReport[]> {
  const { rows } = await sql<DriftReport>`
    select listing, path, kind, count::float8 as count,
      instant(first_seen_at) as "firstSeenAt", instant(last_seen_at) as "lastSeenAt"
    from schema_drift where integration_id = ${integrationId}
    order by schema_drift.count desc, listing, path, kind
    limit ${limit}::integer
  `.execute(database);
  return rows;
}

/** How the records that one sync has met depart, counted for that sync, the most frequent first. */
export async function readSyncDrift(
  database: Database,
  { integrationId, syncId, limit }: { integrationId: string; syncId: string; limit: number },
): Promise<DriftReport[]> {
  const { rows } = await sql<DriftReport>`
    select met.listing, met.path, met.kind, met.count::float8 as count,
      instant(noted.first_seen_at) as "firstSeenAt", instant(noted.last_seen_at) as "lastSeenAt"
    from sync_drift as met join schema_drift as noted on noted.integration_id = ${integrationId}
      and noted.listing = met.listing and noted.path = met.path and noted.kind = met.kind
    where met.sync_id = ${syncId}
    order by met.count desc, met.listing, met.path, met.kind
    limit ${limit}::integer
  `.execute(database);
  return rows;
}

/** The ways of departing that nobody was told of, the most frequent first. They count as told from then on. */
export async function takeUntoldDrift(database: Database, integrationId: string): Promise<DriftReport[]> {
  const { rows } = await sql<DriftReport>`
    with untold as (
      select integration_id, listing, path, kind from schema_drift
      where integration_id = ${integrationId} and not is_told
      order by listing, path, kind for update
    )
    update schema_drift as noted set is_told = true
    from untold
    where noted.integration_id = untold.integration_id and noted.listing = untold.listing
      and noted.path = untold.path and noted.kind = untold.kind
    returning noted.listing, noted.path, noted.kind, noted.count::float8 as count,
      instant(noted.first_seen_at) as "firstSeenAt", instant(noted.last_seen_at) as "lastSeenAt"
  `.execute(database);
  return rows.toSorted((one, other) => other.count - one.count);
}
