// Where Gem's records depart from its description: fields and ways, and none of the values.
import { sql } from 'kysely';
import type { Departure } from '../../models/drift.ts';
import type { ListingName } from '../../models/listings.ts';
import { toJson } from '../json.ts';
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
    listing,
    counts,
    at,
  }: {
    integrationId: string;
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
}

/** How an integration's records depart, the most frequent first. */
export async function readDrift(database: Database, integrationId: string): Promise<DriftReport[]> {
  const { rows } = await sql<DriftReport>`
    select listing, path, kind, count::float8 as count,
      instant(first_seen_at) as "firstSeenAt", instant(last_seen_at) as "lastSeenAt"
    from schema_drift where integration_id = ${integrationId}
    order by schema_drift.count desc, listing, path, kind
  `.execute(database);
  return rows;
}
