// Losses of lists that a full sync could not prove. The next one that finds the same believes it.
import { sql } from 'kysely';
import type { ListingName } from '../../models/listings.ts';
import type { Database } from '../schema.ts';

/** Whether another sync than this one has doubted a loss of the list. */
export async function wasDoubtedBefore(
  database: Database,
  { integrationId, listing, syncId }: { integrationId: string; listing: ListingName; syncId: string },
): Promise<boolean> {
  const { rows } = await sql`
    select from doubted_losses
    where integration_id = ${integrationId} and listing = ${listing} and sync_id <> ${syncId}
  `.execute(database);
  return rows.length > 0;
}

/** Notes that a sync doubts a loss of the list; an earlier doubt stays. */
export async function noteDoubt(
  database: Database,
  {
    integrationId,
    listing,
    syncId,
    at,
  }: { integrationId: string; listing: ListingName; syncId: string; at: string },
): Promise<void> {
  await sql`
    insert into doubted_losses (integration_id, listing, sync_id, doubted_at)
    values (${integrationId}, ${listing}, ${syncId}, ${at}::timestamptz)
    on conflict do nothing
  `.execute(database);
}

/** Forgets the doubts that are settled. */
export async function forgetDoubts(
  database: Database,
  { integrationId, listings }: { integrationId: string; listings: readonly ListingName[] },
): Promise<void> {
  if (listings.length === 0) return;
  await sql`
    delete from doubted_losses where integration_id = ${integrationId} and listing in (${sql.join(listings)})
  `.execute(database);
}
