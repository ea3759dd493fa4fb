import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { ListingName } from '../../models/listings.ts';
import { toJson } from '../json.ts';
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
export async function keepRejected(
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
      values (${integrationId}, ${listing}, ${remoteId === null ? nameOf(json) : keptAs(remoteId)}, ${reason},
        ${json}::jsonb, ${at}::timestamptz)
      on conflict (integration_id, listing, remote_id) do update set
        reason = excluded.reason, record = excluded.record, rejected_at = excluded.rejected_at
    `.execute(database);
  }
}

/** What stands in place of an id that a record does not have. */
export const unidentified = 'without an id: ';

function nameOf(json: string): string {
  return unidentified + digestOf(json);
}

/** The id under which a record is kept: a digest stands for one that is too long for an index. */
export function keptAs(remoteId: string): string {
  const stored = remoteId.replaceAll('\0', '').toWellFormed();
  return Buffer.byteLength(stored) <= longestId ? stored : `long id: ${digestOf(remoteId)}`;
}

/** Bytes; PostgreSQL has room for 2,700 in an entry of an index. */
const longestId = 1000;

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
