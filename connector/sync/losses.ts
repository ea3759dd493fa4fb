import { provesAbsence, type ListEvidence } from '../gem/list-evidence.ts';
import { type Listing, listingOf, type ListingName, listings } from '../models/listings.ts';
import { countRejected } from '../store/queries/rejected.ts';
import { type Checkpoint, forgetDoubts, noteDoubt, wasDoubtedBefore } from '../store/queries/progress.ts';
import { markGone, addSightingsOfRecords, type MissingRows, readMissingRows } from '../store/queries/rows.ts';
import type { Database } from '../store/schema.ts';
import { modelsOf, idOf } from './page.ts';
import type { Tally } from './tally.ts';
import type { GemClient } from '../gem/client.ts';
import type { OperationId } from '../gem/call-types.ts';
import { GemError, GemNotFound } from '../gem/errors.ts';
import { isDeleted } from '../models/forms.ts';
import { komboId } from '../identifiers.ts';
import type { CreatedOnly } from './created-only.ts';

/**
 * The lists that prove what is gone: those that a full sync has read whole, without a record that has no id, because
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

/** What it takes to look into a loss. */
export interface Loss {
  database: Database;
  gem: GemClient;
  integrationId: string;
  syncId: string;
  createdOnly: CreatedOnly | undefined;
  at: string;
  signal: AbortSignal | undefined;
}

/** The result of looking into a loss. */
export interface Finding {
  /** Whether what was not met is gone. */
  isProven: boolean;
  /** What is wrong with the list, for people; null when nothing is. */
  problem: string | null;
}

/**
 * Looks into what a full sync has not met of a list that was read whole as far as the list itself tells. Some of the
 * records are asked for by their ids. One that is there is met after all, and proves that the list shows less than there
 * is; where not all could be asked for, nothing is gone then. When all are unknown to Gem, they are gone. Where that
 * proves nothing, a small loss is believed, and a large one, or that of a list that came empty without a word about its
 * length, is only when the next full sync finds it too.
 *
 * It costs nothing where nothing is missing, and at most {@link maxAskedFor} calls for each list otherwise.
 *
 * @throws the reason of the signal
 */
export async function lookInto(loss: Loss, listing: Listing, shown: ListEvidence | null): Promise<Finding> {
  const { database, integrationId, syncId, createdOnly, at } = loss;
  const { operation } = listing;
  const model = modelsOf(listing).find(({ owner }) => owner === undefined);
  if (!model) return { isProven: true, problem: null };
  const among = createdOnly?.ids(operation);
  const rows = { model: model.name, integrationId, syncId, among, limit: maxAskedFor };
  const missing = await readMissingRows(database, rows);
  if (missing.missing === 0) return { isProven: true, problem: null };

  const { there, isCertain } = await ask(loss, operation, missing);
  if (there.length > 0) {
    await meet(loss, listing, there);
    const isProven = isCertain && missing.missing === missing.remoteIds.length;
    return { isProven, problem: `Gem has ${there.length} or more records that it does not show there` };
  }
  const isDoubtful = !isCertain && (isLarge(missing) || isSilent(shown));
  if (!isDoubtful) return { isProven: true, problem: null };
  if (await wasDoubtedBefore(database, { integrationId, listing: operation, syncId })) {
    return { isProven: true, problem: null };
  }
  await noteDoubt(database, { integrationId, listing: operation, syncId, at });
  const lost = `${missing.missing} of ${missing.known} records were missing`;
  return { isProven: false, problem: `${lost}; they are gone once the next full sync finds the same` };
}

/** Records of each list that are asked for at most. */
const maxAskedFor = 20;

/** A loss of more than ten records, and of more than a quarter of all, is no everyday one. */
function isLarge({ known, missing }: MissingRows): boolean {
  return missing > 10 && missing > known / 4;
}

function isSilent(shown: ListEvidence | null): boolean {
  return shown !== null && shown.records === 0 && shown.total === null;
}

/** Notes that records were met, with all rows that are parts of them. */
async function meet(
  { database, integrationId, syncId }: Loss,
  listing: Listing,
  remoteIds: readonly string[],
) {
  const ids = remoteIds.map((remoteId) => komboId(integrationId, remoteId));
  for (const { name, owner } of modelsOf(listing)) {
    await addSightingsOfRecords(database, { syncId, model: name, column: owner ?? 'id', ids });
  }
}

/** Where nothing can be concluded from an unknown record, a few of them are enough. */
const enoughOfUncertain = 3;

/** @returns which records are there, and whether the others are gone for certain */
async function ask(
  { gem, signal }: Loss,
  listing: ListingName,
  { remoteIds }: MissingRows,
): Promise<{ there: string[]; isCertain: boolean }> {
  const { one } = listingOf(listing);
  const { isCertain } = one;
  const there: string[] = [];
  try {
    for (const id of isCertain ? remoteIds : remoteIds.slice(0, enoughOfUncertain)) {
      if (await isThere({ gem, signal }, one, id)) there.push(id);
    }
    return { there, isCertain };
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof GemError) && !(error instanceof NoRecord)) throw error;
    return { there, isCertain: false };
  }
}

/** Gem answered with something that is not the record. */
class NoRecord extends Error {}

/** @throws GemError or NoRecord when the answer tells nothing */
async function isThere(
  { gem, signal }: Pick<Loss, 'gem' | 'signal'>,
  { operation, parameter }: Listing['one'],
  id: string,
): Promise<boolean> {
  try {
    const { body } = await gem.ask(operation, { path: { [parameter]: id }, retries: 1 }, signal);
    if (idOf(body) !== id) throw new NoRecord();
    // What has an id is an object.
    return !isGone(operation, body as object);
  } catch (error) {
    if (error instanceof GemNotFound) return false;
    throw error;
  }
}

/** A job post that is not active is deleted (gem-ats-api §9). */
function isGone(operation: OperationId, record: object): boolean {
  return isDeleted(record) || (operation === 'getJobPost' && 'active' in record && record.active === false);
}
