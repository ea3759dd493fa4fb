import type { Clock } from '../../contracts/clock.ts';
import { listingOf, type ListingName, type RecordOf } from '../models/listings.ts';
import { changeRows } from '../store/change-rows.ts';
import type { Store } from '../store/open-store.ts';
import type { Integration } from '../store/queries/integrations.ts';
import { findRunningSync } from '../store/queries/syncs.ts';
import { derive } from './derivations.ts';
import { contextOf } from './reading.ts';
import { mapPage, writePage, type MappedPage } from './page.ts';

/** Records that came by another way than a sync. */
export interface SaveRecords<Listing extends ListingName> {
  store: Pick<Store, 'database'>;
  clock: Clock;
  integration: Integration;
  /** The list that they would be found in. */
  listing: Listing;
  records: readonly RecordOf[Listing][];
  /**
   * The number of the reading, of `beginReading`, where Gem was only asked, and not written to. Left out, a record is
   * stored unless what is stored is newer by Gem's own time.
   */
  reading?: number | undefined;
}

/**
 * Stores records that Gem answered a write with, just as a sync would: same mapping, same derivations. They are in the
 * unified lists at once (kombo-unified-api §3.2).
 *
 * @returns how many were stored, and how many were rejected because they could not be used
 */
export async function saveRecords<Listing extends ListingName>(
  what: SaveRecords<Listing>,
): Promise<{ saved: number; rejected: number }> {
  const { remoteIds, rejected } = await savePage(what);
  return { saved: remoteIds.length, rejected: rejected.length };
}

/** The same with records that nobody has looked into. @returns what became of them */
export async function savePage({
  store,
  clock,
  integration,
  listing,
  records,
  reading,
}: Omit<SaveRecords<ListingName>, 'records'> & { records: readonly unknown[] }): Promise<MappedPage> {
  const integrationId = integration.id;
  const context = contextOf(integration);
  const page = mapPage(listingOf(listing), records, context);
  await changeRows(store.database, { integrationId, clock }, async (transaction, at) => {
    // A full sync that has passed this list already would take the new rows for gone.
    const running = await findRunningSync(transaction, integrationId, 'FULL');
    await writePage(transaction, page, { integrationId, syncId: running?.id, reading, at });
    await derive(transaction, { integrationId, at, rows: page.rows, off: context.off });
  });
  return page;
}
