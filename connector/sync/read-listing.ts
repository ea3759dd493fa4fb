import { toInstant, type Clock } from '../../contracts/clock.ts';
import { pagesOf } from '../gem/pages.ts';
import type { GemClient } from '../gem/client.ts';
import type { Listing } from '../models/listings.ts';
import type { MappingContext } from '../models/model.ts';
import { saveCheckpoint } from '../store/queries/save-checkpoint.ts';
import type { Database } from '../store/schema.ts';
import { mapPage } from './map-page.ts';
import type { OnProgress } from './progress.ts';
import type { Tally } from './tally.ts';
import { writePage } from './write-page.ts';

/** What the reading of a list works with. */
export interface Reading {
  database: Database;
  clock: Clock;
  gem: GemClient;
  syncId: string;
  context: MappingContext;
  tally: Tally;
  onProgress: OnProgress | undefined;
}

/**
 * Reads a list from a page on to its end. The rows of a page, what the sync has met and the checkpoint are written
 * together, so a killed run resumes behind the last page that is whole.
 */
export async function readListing(
  { database, clock, gem, syncId, context, tally, onProgress }: Reading,
  listing: Listing,
  from: number,
): Promise<void> {
  const { integrationId } = context;
  let records = 0;
  for await (const page of pagesOf(gem, listing.operation, listing.query, from)) {
    const isFinished = page.records.length === 0;
    const mapped = mapPage(listing, page.records, context);
    await database.transaction().execute(async (transaction) => {
      const at = toInstant(clock.now());
      tally.add(mapped.rows, await writePage(transaction, mapped, { integrationId, syncId, at }));
      const nextPage = page.number + 1;
      await saveCheckpoint(transaction, { syncId, listing: listing.operation, nextPage, isFinished });
    });
    records += page.records.length;
    onProgress?.({ listing: listing.operation, records, done: isFinished });
  }
}
