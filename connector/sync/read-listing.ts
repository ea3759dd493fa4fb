import { pagesOf } from '../gem/pages.ts';
import type { Listing } from '../models/listings.ts';
import { unread, type Checkpoint } from '../store/queries/read-checkpoints.ts';
import { saveCheckpoint } from '../store/queries/save-checkpoint.ts';
import { beginReading } from '../store/queries/begin-reading.ts';
import { changeRows } from '../store/change-rows.ts';
import { noteChangedModels } from '../store/queries/sync-changes.ts';
import { changesSince } from './changes-since.ts';
import { mapPage } from './map-page.ts';
import { numberPages, type NumberedPage } from './number-pages.ts';
import { readAhead } from './read-ahead.ts';
import { readCandidatesOf } from './read-candidates-of.ts';
import { isOfOneList, whyLeftOut, type Reading } from './reading.ts';
import { Tally } from './tally.ts';
import { writePage } from './write-page.ts';

/**
 * Reads a list to its end, from where its checkpoint stands. The rows of a page, what the sync has met and the
 * checkpoint are written together, so a killed run resumes behind the last page that is whole. A list that Gem does not
 * have, or that cannot be read for itself, is left out: its checkpoint says why, and its rows stay as they are.
 */
export async function readListing(reading: Reading, listing: Listing): Promise<void> {
  const { database, checkpoints, watermarks, sync, createdOnly, onProgress } = reading;
  const { operation } = listing;
  const since = sync.type === 'DELTA' ? changesSince(watermarks, operation) : undefined;
  const known = checkpoints.find((checkpoint) => checkpoint.listing === operation);
  const checkpoint = known ?? { ...unread, listing: operation, changesSince: since ?? null };
  if (checkpoint.isFinished) return;
  const parts = createdOnly?.queries(operation);
  try {
    if (parts) await readParts(reading, listing, checkpoint, parts);
    else await readPages(reading, listing, resumable(listing, checkpoint), {});
  } catch (error) {
    if (!isOfOneList(error)) throw error;
    const problem = whyLeftOut(error);
    await saveCheckpoint(database, { ...checkpoint, syncId: sync.id, isFinished: true, problem });
    onProgress?.({ listing: operation, records: 0, done: true });
  }
}

/** Where reading may go on: records may have moved up to any page of a list that can get shorter. */
function resumable({ canShrink }: Listing, checkpoint: Checkpoint): Checkpoint {
  return canShrink ? { ...checkpoint, nextPage: 1, total: null } : checkpoint;
}

/** A list that is asked for in parts is short, so that a run that was killed begins it anew. */
async function readParts(
  reading: Reading,
  listing: Listing,
  checkpoint: Checkpoint,
  parts: readonly Readonly<Record<string, string>>[],
): Promise<void> {
  const start: Checkpoint = { ...checkpoint, nextPage: 1, total: null };
  for (const part of parts) {
    const isLast = part === parts.at(-1);
    start.answeredAt = await readPages(reading, listing, start, part, isLast);
  }
  if (parts.length > 0) return;
  await saveCheckpoint(reading.database, { ...start, syncId: reading.sync.id, isFinished: true });
}

/** @returns when Gem answered first, by its own clock */
async function readPages(
  reading: Reading,
  listing: Listing,
  checkpoint: Checkpoint,
  part: Readonly<Record<string, string>>,
  isLastPart = true,
): Promise<string | null> {
  const { gem, onProgress, signal } = reading;
  const { operation, canShrink } = listing;
  const { nextPage: from, total, changesSince: since } = checkpoint;
  const asked = { ...listing.query, ...part, ...(since !== null && { [listing.changesSince]: since }) };
  let { answeredAt } = checkpoint;
  let records = 0;
  const pages = pagesOf(gem, operation, asked, { from, total, canShrink, signal });
  for await (const page of readAhead(numberPages(reading.database, pages))) {
    // The page may have been read before the sync was told to stop.
    signal?.throwIfAborted();
    const isFinished = page.isLast && isLastPart;
    answeredAt ??= page.answeredAt;
    const reached = { ...checkpoint, nextPage: page.number + 1, isFinished, answeredAt, total: page.total };
    await takePage(reading, listing, page, reached);
    records += page.records.length;
    onProgress?.({ listing: operation, records, done: isFinished });
  }
  return answeredAt;
}

/** Of applications that changed, the candidates are taken along. */
async function takePage(
  reading: Reading,
  listing: Listing,
  { records: sent, reading: number }: NumberedPage,
  reached: Checkpoint,
): Promise<void> {
  const { database, clock, context, sync, sightingSyncId, createdOnly, metCandidates, tally } = reading;
  const { operation } = listing;
  const records = createdOnly ? sent.filter((record) => createdOnly.counts(operation, record)) : sent;
  const page = mapPage(listing, records, context);
  const hasCandidates = operation === 'listApplications' && reached.changesSince !== null;
  const again = hasCandidates ? await beginReading(database) : number;
  const candidates = hasCandidates ? await readCandidatesOf(reading, records) : [];
  const { integrationId } = context;
  const written = await changeRows(database, { integrationId, clock }, async (transaction, at) => {
    const done = new Tally();
    const into = { integrationId, syncId: sightingSyncId, at };
    for (const one of candidates) {
      done.add(one.rows, await writePage(transaction, one, { ...into, reading: again }));
    }
    done.add(page.rows, await writePage(transaction, page, { ...into, reading: number }));
    await noteChangedModels(transaction, { syncId: sync.id, models: done.changedModels() });
    await saveCheckpoint(transaction, { ...reached, syncId: sync.id });
    return done;
  });
  tally.include(written);
  if (operation === 'listCandidates') for (const id of page.remoteIds) metCandidates.add(id);
}
