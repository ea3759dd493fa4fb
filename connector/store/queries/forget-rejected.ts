import { sql } from 'kysely';
import type { ListingName } from '../../models/listings.ts';
import { toJson } from '../json.ts';
import type { Database } from '../schema.ts';
import { keptAs } from './keep-rejected.ts';

/** Forgets the rejections of records that could be used since. */
export async function forgetRejected(
  database: Database,
  { integrationId, listing, remoteIds }: { integrationId: string; listing: ListingName; remoteIds: string[] },
): Promise<void> {
  await sql`
    delete from rejected_records
    where integration_id = ${integrationId} and listing = ${listing}
      and remote_id in (select json_array_elements_text(${toJson(remoteIds.map(keptAs))}::json))
  `.execute(database);
}

/** Forgets all rejections of an integration: a full sync finds anew what is wrong. */
export async function forgetAllRejected(database: Database, integrationId: string): Promise<void> {
  await sql`delete from rejected_records where integration_id = ${integrationId}`.execute(database);
}
