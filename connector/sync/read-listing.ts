import { instruments } from '../observe/instruments.ts';
import { traced } from '../observe/trace.ts';
import { pagesOf, type Page } from '../gem/pages.ts';
import { lessProving } from '../gem/list-evidence.ts';
import { changeOf, type Listing } from '../models/listings.ts';
import { type Checkpoint, saveCheckpoint, unread, noteChangedModels } from '../store/queries/progress.ts';
import { beginReading, findMovedApplications } from '../store/queries/rows.ts';
import { changeRows } from '../store/change-rows.ts';

import { changesSince, credible, earlier, isAhead } from './changes-since.ts';
import { idOf, mapPage, type MappedPage, writePage } from './page.ts';
import { readCandidatesOf } from './read-candidates-of.ts';
import { isRead, type Reading } from './reading.ts';
import { Tally } from './tally.ts';
import { whyLeftOut } from './why-left-out.ts';
import type { Database } from '../store/schema.ts';

/**
 * Reads a list to its end, from its checkpoint on. The rows of a page, what the sync has met and the
 * checkpoint are written together, so a killed run resumes behind the last page that is whole. Of a list that cannot be
 * read, or not whole, the pages that came stay. Its checkpoint says why it was left out, and no row counts as gone.
 */
export async function readListing(reading: Reading, listing: Listing): Promise<void> {
  const { database, checkpoints, watermarks, sync, createdOnly, found, onProgress } = reading;
  const { operation } = listing;
  const since = sync.type === 'DELTA' ? changesSince(watermarks, operation) : undefined;
  const known = checkpoints.find((checkpoint) => checkpoint.listing === operation);
  const checkpoint = known ?? { ...unread, listing: operation, changesSince: since ?? null };
  if (checkpoint.isFinished) return;
  if (!isRead(reading, operation)) {
    await saveCheckpoint(database, { ...checkpoint, syncId: sync.id, isFinished: true });
    return onProgress?.({ listing: operation, records: 0, total: null, done: true });
  }
  const parts = createdOnly?.queries(operation);
  let read = { records: 0, total: null as number | null };
  const counting: Reading = {
    ...reading,
    onProgress: (progress) => {
      read = progress;
      onProgress?.(progress);
    },
  };
  try {
    if (parts) await readParts(counting, listing, checkpoint, parts);
    else await readPages(counting, listing, resumable(listing, checkpoint), {});
  } catch (error) {
    const problem = await whyLeftOut(reading, operation, error);
    if (operation === 'listCandidates') found.candidatesProblem = problem;
    await saveCheckpoint(database, { ...checkpoint, syncId: sync.id, isFinished: true, problem });
    onProgress?.({ ...read, listing: operation, done: true });
  }
}

/** Where reading may go on: records may have moved up to any page of a list that can get shorter. */
function resumable({ canShrink }: Listing, checkpoint: Checkpoint): Checkpoint {
  return canShrink ? { ...checkpoint, nextPage: 1, shown: null } : checkpoint;
}

/** A list that is asked for in parts is short, so that a run that was killed begins it anew. */
async function readParts(
  reading: Reading,
  listing: Listing,
  checkpoint: Checkpoint,
  parts: readonly Readonly<Record<string, string>>[],
): Promise<void> {
  const start: Checkpoint = { ...checkpoint, nextPage: 1, shown: null };
  let read: Checkpoint = start;
  let [ofOthers, ofPart] = [0, 0];
  const adding: Reading = {
    ...reading,
    onProgress: (progress) => {
      ofPart = progress.records;
      reading.onProgress?.({ ...progress, records: ofOthers + ofPart });
    },
  };
  for (const part of parts) {
    const isLast = part === parts.at(-1);
    ofOthers += ofPart;
    ofPart = 0;
    read = await readPages(adding, listing, { ...start, answeredAt: read.answeredAt }, part, {
      isLast,
      before: read.shown === null ? undefined : read,
    });
  }
  if (parts.length > 0) return;
  await saveCheckpoint(reading.database, { ...start, syncId: reading.sync.id, isFinished: true });
}

/**
 * @param before the checkpoint after the parts before this one, if there are any
 * @returns the checkpoint after all of them
 */
async function readPages(
  reading: Reading,
  listing: Listing,
  checkpoint: Checkpoint,
  part: Readonly<Record<string, string>>,
  { isLast, before }: { isLast: boolean; before: Checkpoint | undefined } = {
    isLast: true,
    before: undefined,
  },
): Promise<Checkpoint> {
  const { gem, clock, found, onProgress, signal } = reading;
  const { operation, canShrink } = listing;
  const { nextPage: from, shown, changesSince: since } = checkpoint;
  const query = { ...listing.query, ...part, ...(since !== null && { [listing.changesSince]: since }) };
  // Only the first answer is known to be older than all that it may not show.
  const isFirst = shown === null && before === undefined && checkpoint.answeredAt === null;
  let reached: Checkpoint | undefined;
  let records = 0;
  const pages = pagesOf(gem, operation, query, { from, shown, canShrink, signal });
  for await (const page of readAhead(numberPages(reading.database, pages))) {
    // The page may have been read before the sync was told to stop.
    signal?.throwIfAborted();
    if (isAhead(since, page.answeredAt) && !reached) {
      return readPages(reading, listing, { ...checkpoint, changesSince: null }, part, { isLast, before });
    }
    reached = {
      ...checkpoint,
      nextPage: page.number + 1,
      isFinished: page.isLast && isLast,
      answeredAt:
        isFirst && !reached
          ? credible(page.answeredAt, clock.now())
          : earlier((reached ?? checkpoint).answeredAt, page.answeredAt),
      shown: page.isLast && before ? lessProving(before.shown, page.shown) : page.shown,
      problem: before?.problem ?? page.problem,
    };
    const taken = reached;
    const attributes = { 'gem.operation': operation, page: page.number, records: page.records.length };
    await traced('write page', { attributes }, () => takePage(reading, listing, page, taken));
    records += page.records.length;
    // Of a list that is asked for in parts, each part tells its own length.
    const total = isLast && before === undefined ? (reached.shown?.total?.last ?? null) : null;
    onProgress?.({ listing: operation, records, total, done: reached.isFinished });
  }
  found.hasRead = true;
  return reached ?? checkpoint;
}

/** Of applications that changed, the candidates are taken along. */
async function takePage(
  reading: Reading,
  listing: Listing,
  { records: sent, reading: number, answeredAt }: NumberedPage,
  reached: Checkpoint,
): Promise<void> {
  const { database, clock, context, sync, sightingSyncId, createdOnly, metCandidates, found, tally } =
    reading;
  const { operation } = listing;
  const records = createdOnly ? sent.filter((record) => createdOnly.counts(operation, record)) : sent;
  const hasCandidates = operation === 'listApplications' && sync.type === 'DELTA';
  const { page, candidates, again } = hasCandidates
    ? await takeCandidatesAlong(reading, listing, records, {
        isWhole: reached.changesSince === null,
        answeredAt,
      })
    : { page: mapPage(listing, records, context), candidates: [], again: number };
  const problem = hasCandidates ? (reached.problem ?? withoutCandidates(found)) : reached.problem;
  const { integrationId } = context;
  const written = await changeRows(database, { integrationId, clock }, async (transaction, at) => {
    const done = new Tally();
    const into = { integrationId, syncId: sightingSyncId, readBy: sync.id, at };
    for (const one of candidates) {
      done.add(one.rows, await writePage(transaction, one, { ...into, reading: again }));
    }
    done.add(page.rows, await writePage(transaction, page, { ...into, reading: number }));
    await noteChangedModels(transaction, { syncId: sync.id, models: done.changedModels() });
    await saveCheckpoint(transaction, { ...reached, problem, syncId: sync.id });
    return done;
  });
  tally.include(written);
  instruments.recordsRead.add(records.length, { listing: operation });
  for (const { listing: of, rejected, drift } of [page, ...candidates]) {
    if (rejected.length > 0) instruments.recordsRejected.add(rejected.length, { listing: of.operation });
    for (const { kind, count } of drift.counts) {
      instruments.schemaDrift.add(count, { listing: of.operation, kind });
    }
  }
  if (operation === 'listCandidates') for (const id of page.remoteIds) metCandidates.add(id);
}

/**
 * @returns the page of the applications, and those of their candidates, which were read under the number `again`. Where these
 *   cannot be read, an application that goes from one candidate to another is left for the next sync: once it is stored,
 *   nothing tells any more whom it was taken from, and who has to be asked for.
 */
async function takeCandidatesAlong(
  reading: Reading,
  listing: Listing,
  applications: readonly unknown[],
  { isWhole, answeredAt }: { isWhole: boolean; answeredAt: string | null },
): Promise<{ page: MappedPage; candidates: MappedPage[]; again: number }> {
  const { database, context, watermarks, found } = reading;
  const page = mapPage(listing, applications, context);
  const since = changesSince(watermarks, listing.operation);
  // Where all of them are read, as after a reason got another name, few have changed.
  const changed =
    isWhole && !isAhead(since ?? null, answeredAt)
      ? applications.filter((record) => hasChanged(listing, record, since))
      : applications;
  const moved = await findMovedApplications(database, page.rows.get('ats_applications') ?? []);
  const again = await beginReading(database);
  const candidates = await readCandidatesOf(reading, changed, moved);
  if (moved.length === 0 || found.candidatesProblem === null) return { page, candidates, again };
  const left = new Set(moved.map(({ id }) => id));
  const stay = applications.filter((record) => !left.has(idOf(record) ?? ''));
  return { page: mapPage(listing, stay, context), candidates, again };
}

/** Whether a record has changed since a moment by Gem's own word. Without a moment, it is the next full sync that tells. */
function hasChanged(listing: Listing, record: unknown, since: string | undefined): boolean {
  const read = listing.read(record);
  const at = read && changeOf(read);
  return since !== undefined && (at === undefined || Date.parse(at) >= Date.parse(since));
}

function withoutCandidates({ candidatesProblem }: Reading['found']): string | null {
  return candidatesProblem === null ? null : `their candidates could not be read: ${candidatesProblem}`;
}

/** A page, and the number that its reading was given. */
export interface NumberedPage extends Page {
  reading: number;
}

/**
 * Gives each page a number before Gem is asked for it. What was stored under a higher number by the time the page is
 * written may be newer than the page.
 */
async function* numberPages(
  database: Database,
  pages: AsyncGenerator<Page>,
): AsyncGenerator<NumberedPage, void> {
  try {
    for (;;) {
      const reading = await beginReading(database);
      const next = await pages.next();
      if (next.done) return;
      yield { ...next.value, reading };
    }
  } finally {
    await pages.return(undefined);
  }
}

/**
 * Gives the same items, and fetches each next one while its predecessor is still being worked on. What goes wrong with
 * an item is thrown when it is the item's turn, and never for an item that is not asked for any more.
 */
export async function* readAhead<Item>(items: AsyncGenerator<Item, void>): AsyncGenerator<Item, void> {
  let next = items.next();
  try {
    for (let item = await next; !item.done; item = await next) {
      next = items.next();
      next.catch(() => {});
      yield item.value;
    }
  } finally {
    // It is not waited for: an item that is being fetched may take long.
    items.return().catch(() => {});
  }
}
