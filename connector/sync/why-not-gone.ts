import type { GemClient, OperationId } from '../gem/index.ts';
import { GemError, GemNotFound } from '../gem/errors.ts';
import type { Listing, ListingName } from '../models/listings.ts';
import { noteDoubt, wasDoubtedBefore } from '../store/queries/doubted-losses.ts';
import { readMissingRows, type MissingRows } from '../store/queries/missing-rows.ts';
import type { Database } from '../store/schema.ts';
import type { CreatedOnly } from './created-only.ts';
import { idOf, modelsOf } from './map-page.ts';

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

/**
 * Looks into what a full sync has not met of a list that was read whole as far as the list itself tells. Some of the
 * records are asked for by their ids, where Gem is known to serve them so: one that is there proves that the list shows
 * less than there is, and when all are unknown to Gem, they are gone. Where that proves nothing, a small loss is believed,
 * and a large one is only when the next full sync finds it too.
 *
 * It costs nothing where nothing is missing, and at most {@link mostAskedFor} calls for each list otherwise.
 *
 * @returns why nothing is gone, for people; null when the list is right
 * @throws the reason of the signal
 */
export async function whyNotGone(loss: Loss, listing: Listing): Promise<string | null> {
  const { database, integrationId, syncId, createdOnly, at } = loss;
  const model = modelsOf(listing).find(({ owner }) => owner === undefined);
  if (!model) return null;
  const { operation } = listing;
  const among = createdOnly?.ids(operation);
  const rows = { model: model.name, integrationId, syncId, among, limit: mostAskedFor };
  const missing = await readMissingRows(database, rows);
  if (missing.missing === 0) return null;
  const proof = await ask(loss, operation, missing);
  if (proof === 'there')
    return `Gem has records that it does not show there; ${missing.missing} were missing`;
  if (proof === 'gone' || !isLarge(missing)) return null;
  if (await wasDoubtedBefore(database, { integrationId, listing: operation, syncId })) return null;
  await noteDoubt(database, { integrationId, listing: operation, syncId, at });
  return `${missing.missing} of ${missing.known} records were missing; they are gone once the next full sync finds the same`;
}

/** Records of each list that are asked for at most. */
export const mostAskedFor = 20;

/** A loss of more than ten records, and of more than a quarter of all, is no everyday one. */
function isLarge({ known, missing }: MissingRows): boolean {
  return missing > 10 && missing > known / 4;
}

/** The calls that are near certain to exist (gem-ats-api §2.1): an unknown record and an unknown route look alike. */
const items: Partial<Record<ListingName, { operation: OperationId; name: string }>> = {
  listCandidates: { operation: 'getCandidate', name: 'candidate_id' },
  listApplications: { operation: 'getApplication', name: 'application_id' },
  listJobs: { operation: 'getJob', name: 'job_id' },
};

async function ask(
  { gem, signal }: Loss,
  listing: ListingName,
  { remoteIds }: MissingRows,
): Promise<'there' | 'gone' | 'not known'> {
  const item = items[listing];
  if (!item) return 'not known';
  try {
    for (const id of remoteIds) {
      if (await isThere({ gem, signal }, item, id)) return 'there';
    }
    return 'gone';
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof GemError) && !(error instanceof NoRecord)) throw error;
    return 'not known';
  }
}

/** Gem answered with something that is not the record. */
class NoRecord extends Error {}

/** @throws GemError or NoRecord when the answer tells nothing */
async function isThere(
  { gem, signal }: Pick<Loss, 'gem' | 'signal'>,
  { operation, name }: { operation: OperationId; name: string },
  id: string,
): Promise<boolean> {
  try {
    const { body } = await gem.ask(operation, { path: { [name]: id }, retries: 1 }, signal);
    if (idOf(body) !== id) throw new NoRecord();
    const deletedAt: unknown =
      typeof body === 'object' && body !== null ? Reflect.get(body, 'deleted_at') : null;
    return deletedAt === undefined || deletedAt === null;
  } catch (error) {
    if (error instanceof GemNotFound) return false;
    throw error;
  }
}
