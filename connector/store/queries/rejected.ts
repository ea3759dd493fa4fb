import { sql } from 'kysely';
import { createHash } from 'node:crypto';
import type { ListingName } from '../../models/listings.ts';
import { toJson } from '../storable.ts';
import type { Database } from '../schema.ts';

/** A record that could not be used. */
export interface RejectedRecord {
  /** Gem's id of it; null when it has none. */
  remoteId: string | null;
  /** Why, without any of the record's values. */
  reason: string;
  record: unknown;
}

/** Keeps records aside with the reason; a newer rejection of the same record replaces the older. */
export async function saveRejected(
  database: Database,
  {
    integrationId,
    listing,
    rejected,
    at,
  }: { integrationId: string; listing: ListingName; rejected: readonly RejectedRecord[]; at: string },
): Promise<void> {
  for (const { remoteId, reason, record } of rejected) {
    const json = toJson(record);
    await sql`
      insert into rejected_records (integration_id, listing, remote_id, reason, record, rejected_at)
      values (${integrationId}, ${listing}, ${remoteId === null ? nameOf(json) : storedId(remoteId)}, ${reason},
        ${json}::jsonb, ${at}::timestamptz)
      on conflict (integration_id, listing, remote_id) do update set
        reason = excluded.reason, record = excluded.record, rejected_at = excluded.rejected_at
    `.execute(database);
  }
}

/** The name of a record that has no id. */
export const unidentified = 'without an id: ';

/** The columns of {@link RejectedReport}. */
const rejectedColumns = sql`
  listing, remote_id as "remoteId", not starts_with(remote_id, ${unidentified}) as "hasId", reason, record,
  instant(rejected_at) as "rejectedAt"`;

function nameOf(json: string): string {
  return unidentified + digestOf(JSON.stringify(JSON.parse(json), inOrder));
}

/** The database gives a record back with its fields in another order: that makes it no other record. */
function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** The id under which a record is stored: a digest, if its own is too long for an index. */
function storedId(remoteId: string): string {
  const stored = remoteId.replaceAll('\0', '').toWellFormed();
  return Buffer.byteLength(stored) <= longestId ? stored : `long id: ${digestOf(remoteId)}`;
}

/** Bytes; PostgreSQL has room for 2,700 in an entry of an index. */
const longestId = 1000;

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A record that was rejected, as it is told. Times are instants. */
export interface RejectedReport {
  listing: ListingName;
  /** Gem's id of it, or the name that stands for it. */
  remoteId: string;
  hasId: boolean;
  reason: string;
  record: unknown;
  rejectedAt: string;
}

/** Which record was rejected: the list it came from, and its id or the name that stands for it. */
export interface RejectedName {
  integrationId: string;
  listing: ListingName;
  remoteId: string;
}

/** The records of an integration that were rejected last, the newest first, and how many there are in all. */
export async function listRejected(
  database: Database,
  { integrationId, limit }: { integrationId: string; limit: number },
): Promise<{ total: number; records: RejectedReport[] }> {
  const { rows } = await sql<RejectedReport & { total: number }>`
    select ${rejectedColumns}, (count(*) over ())::integer as total
    from rejected_records where integration_id = ${integrationId}
    order by rejected_records.rejected_at desc, listing, remote_id limit ${limit}
  `.execute(database);
  return { total: rows[0]?.total ?? 0, records: rows.map(({ total: _total, ...record }) => record) };
}

/** @returns undefined when it is no rejected record, or no longer one */
export async function findRejected(
  database: Database,
  { integrationId, listing, remoteId }: RejectedName,
): Promise<RejectedReport | undefined> {
  const { rows } = await sql<RejectedReport>`
    select ${rejectedColumns} from rejected_records
    where integration_id = ${integrationId} and listing = ${listing} and remote_id = ${remoteId}
  `.execute(database);
  return rows[0];
}

/** Forgets one rejected record, by the name under which it is told. */
export async function dropRejected(
  database: Database,
  { integrationId, listing, remoteId }: RejectedName,
): Promise<void> {
  await sql`
    delete from rejected_records
    where integration_id = ${integrationId} and listing = ${listing} and remote_id = ${remoteId}
  `.execute(database);
}

/** Forgets the rejections of records that could be used since. */
export async function forgetRejected(
  database: Database,
  { integrationId, listing, remoteIds }: { integrationId: string; listing: ListingName; remoteIds: string[] },
): Promise<void> {
  await sql`
    delete from rejected_records
    where integration_id = ${integrationId} and listing = ${listing}
      and remote_id in (select json_array_elements_text(${toJson(remoteIds.map(storedId))}::json))
  `.execute(database);
}

/** Forgets all rejections of an integration: a full sync finds anew what is wrong. */
export async function forgetAllRejected(database: Database, integrationId: string): Promise<void> {
  await sql`delete from rejected_records where integration_id = ${integrationId}`.execute(database);
}

/** How many records of each list were rejected, and how many of them have no id. */
export async function countRejected(
  database: Database,
  integrationId: string,
): Promise<{ listing: ListingName; count: number; unidentified: number }[]> {
  const { rows } = await sql<{ listing: ListingName; count: number; unidentified: number }>`
    select listing, count(*)::integer as count,
      count(*) filter (where starts_with(remote_id, ${unidentified}))::integer as unidentified
    from rejected_records where integration_id = ${integrationId} group by listing
  `.execute(database);
  return rows;
}
