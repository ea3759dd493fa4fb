import { Drift } from '../models/drift.ts';
import { identifier } from '../models/forms.ts';
import { models } from '../models/index.ts';
import { changeOf, type Listing, type ReadRecord } from '../models/listings.ts';
import type { MappingContext, Model, ModelName, Row } from '../models/model.ts';
import { noteDrift } from '../store/queries/drift.ts';
import { type RejectedRecord, forgetRejected, saveRejected } from '../store/queries/rejected.ts';
import { komboId } from '../identifiers.ts';
import {
  addSightings,
  addSightingsOfRecords,
  beginReading,
  type Origin,
  withStoredDeletions,
  newerStoredRecords,
  markMissingOfOwner,
  upsertRows,
} from '../store/queries/rows.ts';
import type { Database } from '../store/schema.ts';

/** The rows that a page of records was mapped to. */
export interface MappedPage {
  listing: Listing;
  /** Gem's ids of the records that could be used. */
  remoteIds: string[];
  /** The rows of every model that is fed by the list. */
  rows: ReadonlyMap<ModelName, Row[]>;
  /** The ids of rows that Gem may or may not have deleted: they stay as they are stored. */
  undecided: ReadonlySet<string>;
  rejected: RejectedRecord[];
  /** Where the records depart from the description. */
  drift: Drift;
}

/**
 * Maps each record to the rows of all models that the list feeds. A record that lacks what the mapping needs is set aside
 * with the reason; other fields that it lacks are null. Of a record that is on the page twice, the newer version counts: by
 * its own word, or else the later one.
 */
export function mapPage(listing: Listing, records: readonly unknown[], context: MappingContext): MappedPage {
  // Of a model that is off there are no rows, and those that were there are gone.
  const fed = modelsOf(listing).filter(({ name }) => !context.off?.has(name));
  const rows = new Map<ModelName, Row[]>(fed.map(({ name }) => [name, []]));
  const undecided = new Set<string>();
  const page: MappedPage = { listing, remoteIds: [], rows, undecided, rejected: [], drift: new Drift() };
  for (const record of newestOf(usable(listing, records, page))) {
    try {
      const mapped = fed.map((model) => [model.name, model.rows(record, context)] as const);
      for (const [name, added] of mapped) {
        rows.get(name)?.push(...added);
        if (record.deleted_at === undefined) for (const { id } of added) undecided.add(id);
      }
      page.remoteIds.push(record.id);
    } catch {
      // A defect of ours, whose words may carry what the record says. It costs one record and not the whole sync.
      page.rejected.push({
        remoteId: record.id,
        reason: 'the record could not be mapped',
        record: record.raw,
      });
    }
  }
  return page;
}

/** The models that a list feeds. */
export function modelsOf({ operation }: Listing): readonly Model[] {
  return models.filter(({ listing }) => listing === operation);
}

/** Gem's id of a record; null when it has none. */
export function idOf(record: unknown): string | null {
  const isObject = typeof record === 'object' && record !== null && 'id' in record;
  return (isObject && identifier(record.id)) || null;
}

function usable(listing: Listing, records: readonly unknown[], page: MappedPage): ReadRecord[] {
  return records.flatMap((record) => {
    page.drift.addRecord(listing, record);
    const found = listing.read(record);
    if (found) return found;
    page.drift.add({ path: 'id', kind: 'missing-needed' });
    page.rejected.push({ remoteId: null, reason: 'the record has no id that can be used', record });
    return [];
  });
}

function newestOf(records: readonly ReadRecord[]): Iterable<ReadRecord> {
  const newest = new Map<string, ReadRecord>();
  for (const record of records) {
    const other = newest.get(record.id);
    if (!other || !isOlder(record, other)) newest.set(record.id, record);
  }
  return newest.values();
}

function isOlder(record: ReadRecord, other: ReadRecord): boolean {
  const [at, otherAt] = [changeOf(record), changeOf(other)];
  return at !== undefined && otherAt !== undefined && at < otherAt;
}

/** How many rows of each model a write has changed. */
export type Changes = ReadonlyMap<ModelName, number>;

/** Where a page is written to, and how it came. */
export interface WritePage {
  integrationId: string;
  /** The full sync that is to remember what it met, if one is running. */
  syncId: string | undefined;
  /** The sync that read it, if one did: its drift is counted for it. */
  readBy?: string | undefined;
  /** The number that the reading of the page was given before Gem was asked; undefined when it was given none. */
  reading: number | undefined;
  /** The instant to note. */
  at: string;
}

/**
 * Writes a mapped page: its rows, the disappearance of parts that its records no longer have, the records that could
 * not be used, and where records depart from their description. A record of which something newer is stored is left as it
 * is, with all its parts.
 *
 * Writers lock a record's row before those of its parts, and rows of one model in the order of their ids.
 */
export async function writePage(
  transaction: Database,
  page: MappedPage,
  { integrationId, syncId, readBy, reading, at }: WritePage,
): Promise<Changes> {
  const { listing, remoteIds, rejected } = page;
  const toId = (remoteId: string) => komboId(integrationId, remoteId);
  const origin: Origin = {
    reading: reading ?? (await beginReading(transaction)),
    isNumberedBefore: reading !== undefined,
  };
  const records = remoteIds.map(toId);
  // They exist at Gem, and what is stored of them stays.
  const left = rejected.flatMap(({ remoteId }) => (remoteId === null ? [] : [toId(remoteId)]));
  const newer = new Set<unknown>();
  const changes = new Map<ModelName, number>();
  const fed = modelsOf(listing);
  for (const model of fed) {
    const { owner } = model;
    const read = page.rows.get(model.name) ?? [];
    const rows = await withStoredDeletions(transaction, {
      model: model.name,
      rows: owner === undefined ? read : read.filter((row) => !newer.has(row[owner])),
      undecided: page.undecided,
    });
    const present = rows.map(({ id }) => id);
    const changed = await upsertRows(transaction, { model, integrationId, rows, changedAt: at, origin });
    if (owner === undefined) {
      changes.set(model.name, changed.length);
      const hasParts = fed.length > 1;
      const ids = hasParts ? await newerStoredRecords(transaction, { model, ids: records, origin }) : [];
      for (const id of ids) newer.add(id);
    } else {
      const owners = records.filter((id) => !newer.has(id));
      const missing = { model: model.name, column: owner, owners, present, at };
      const gone = await markMissingOfOwner(transaction, missing);
      changes.set(model.name, changed.length + gone.length);
    }
    if (syncId !== undefined) {
      const sighting = { syncId, model: model.name };
      const ids = [...left, ...records.filter((id) => newer.has(id))];
      await addSightings(transaction, { ...sighting, ids: present });
      await addSightingsOfRecords(transaction, { ...sighting, column: owner ?? 'id', ids });
    }
  }
  const { operation } = listing;
  await forgetRejected(transaction, { integrationId, listing: operation, remoteIds });
  await saveRejected(transaction, { integrationId, listing: operation, rejected, at });
  const drift = { integrationId, syncId: readBy, listing: operation, counts: page.drift.counts, at };
  await noteDrift(transaction, drift);
  return changes;
}
