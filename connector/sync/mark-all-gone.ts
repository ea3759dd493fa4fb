import { provesAbsence } from '../gem/shown.ts';
import { listings, type ListingName } from '../models/listings.ts';
import { countRejected } from '../store/queries/rejected.ts';
import { type Checkpoint, forgetDoubts } from '../store/queries/progress.ts';
import { markGone } from '../store/queries/rows.ts';
import type { Database } from '../store/schema.ts';
import { modelsOf } from './map-page.ts';
import type { Tally } from './tally.ts';

/**
 * The lists that prove what is gone: those that a full sync has read whole, without a record that nobody can name, because
 * any row that was not met may be that record. A list that announced more records at some time than came proves nothing
 * this time, even if it got shorter by itself.
 */
export async function provingLists(
  database: Database,
  { integrationId, checkpoints }: { integrationId: string; checkpoints: readonly Checkpoint[] },
): Promise<ListingName[]> {
  const rejected = await countRejected(database, integrationId);
  return listings
    .map(({ operation }) => operation)
    .filter((operation) => {
      const read = checkpoints.find(({ listing }) => listing === operation);
      const isNamed = !rejected.some(
        ({ listing, unidentified }) => listing === operation && unidentified > 0,
      );
      return isNamed && read?.isFinished === true && read.problem === null && isProof(read);
    });
}

/** A list of which nothing had to be asked for has shown nothing, and hides nothing. */
function isProof({ shown }: Checkpoint): boolean {
  return shown === null || provesAbsence(shown);
}

/** Marks the rows deleted that a full sync has not met, in the models of the lists that prove it. */
export async function markAllGone(
  database: Database,
  {
    integrationId,
    syncId,
    proving,
    at,
    tally,
  }: { integrationId: string; syncId: string; proving: readonly ListingName[]; at: string; tally: Tally },
): Promise<void> {
  for (const listing of listings) {
    if (!proving.includes(listing.operation)) continue;
    for (const { name } of modelsOf(listing)) {
      tally.addGone(name, await markGone(database, { model: name, integrationId, syncId, at }));
    }
  }
  await forgetDoubts(database, { integrationId, listings: proving });
}
