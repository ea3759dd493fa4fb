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
      values (${integrationId}, ${listing}, ${toJson(remoteId ?? nameOf(json))}::jsonb #>> '{}', ${reason},
        ${json}::jsonb, ${at}::timestamptz)
      on conflict (integration_id, listing, remote_id) do update set
        reason = excluded.reason, record = excluded.record, rejected_at = excluded.rejected_at
    `.execute(database);
  }
}

/** What stands in place of an id that a record does not have. */
export const unidentified = 'without an id: ';

function nameOf(json: string): string {
  return unidentified + createHash('sha256').update(json).digest('hex');
}
