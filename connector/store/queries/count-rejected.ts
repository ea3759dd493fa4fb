import { sql } from 'kysely';
import type { ListingName } from '../../models/listings.ts';
import type { Database } from '../schema.ts';
import { unidentified } from './keep-rejected.ts';

/** How many records of each list are kept aside, and how many of them nobody can name. */
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
