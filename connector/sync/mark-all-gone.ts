import { listings } from '../models/listings.ts';
import { markGone } from '../store/queries/mark-gone.ts';
import { countRejected } from '../store/queries/count-rejected.ts';
import type { ReadList } from '../store/queries/read-checkpoints.ts';
import type { Database } from '../store/schema.ts';
import { modelsOf } from './map-page.ts';
import type { Tally } from './tally.ts';

/**
 * Marks the rows deleted that a full sync has not met. A list that was left out proves nothing, nor does one with a record
 * that nobody can name: any row that was not met may be that record. Their models are left alone.
 */
export async function markAllGone(
  database: Database,
  {
    integrationId,
    syncId,
    leftOut,
    at,
    tally,
  }: { integrationId: string; syncId: string; leftOut: ReadonlySet<ReadList>; at: string; tally: Tally },
): Promise<void> {
  const rejected = await countRejected(database, integrationId);
  for (const listing of listings) {
    const isUncertain = rejected.some(
      (count) => count.listing === listing.operation && count.unidentified > 0,
    );
    if (isUncertain || leftOut.has(listing.operation)) continue;
    for (const { name } of modelsOf(listing)) {
      tally.addGone(name, await markGone(database, { model: name, integrationId, syncId, at }));
    }
  }
}
