import { komboId } from '../identifiers.ts';
import type { ModelName } from '../models/model.ts';
import {
  addSightings,
  addSightingsOfRecords,
  beginReading,
  type ReadingInfo,
  withStoredDeletions,
  newerStoredRecords,
  markMissingOfOwner,
  upsertRows,
} from '../store/queries/rows.ts';
import { forgetRejected, saveRejected, noteDrift } from '../store/queries/rejected.ts';
import type { Database } from '../store/schema.ts';
import { modelsOf, type MappedPage } from './map-page.ts';

/** The ids of the rows of each model that a write has changed. */
export type Changes = ReadonlyMap<ModelName, readonly string[]>;

/** Where a page is written to, and how it came. */
export interface WritePage {
  integrationId: string;
  /** The full sync that is to remember what it met, if one is running. */
  syncId: string | undefined;
  /** The number that the reading of the page was given before Gem was asked; undefined when it was given none. */
  reading: number | undefined;
  /** The instant to note. */
  at: string;
}

/**
 * Writes what a page came to: its rows, the disappearance of parts that its records no longer have, the records that could
 * not be used, and where records depart from their description. A record of which something newer is stored is left as it
 * is, with all its parts.
 *
 * Writers lock a record's row before those of its parts, and rows of one model in the order of their ids.
 */
export async function writePage(
  transaction: Database,
  page: MappedPage,
  { integrationId, syncId, reading, at }: WritePage,
): Promise<Changes> {
  const { listing, remoteIds, rejected } = page;
  const toId = (remoteId: string) => komboId(integrationId, remoteId);
  const brought: ReadingInfo = {
    reading: reading ?? (await beginReading(transaction)),
    isNumberedBefore: reading !== undefined,
  };
  const records = remoteIds.map(toId);
  // They exist at Gem, and what is stored of them stays.
  const left = rejected.flatMap(({ remoteId }) => (remoteId === null ? [] : [toId(remoteId)]));
  const kept = new Set<unknown>();
  const changes = new Map<ModelName, readonly string[]>();
  const fed = modelsOf(listing);
  for (const model of fed) {
    const { owner } = model;
    const read = page.rows.get(model.name) ?? [];
    const rows = await withStoredDeletions(transaction, {
      model: model.name,
      rows: owner === undefined ? read : read.filter((row) => !kept.has(row[owner])),
      undecided: page.undecided,
    });
    const present = rows.map(({ id }) => id);
    const changed = await upsertRows(transaction, { model, integrationId, rows, changedAt: at, brought });
    if (owner === undefined) {
      changes.set(model.name, changed);
      const hasParts = fed.length > 1;
      const ids = hasParts ? await newerStoredRecords(transaction, { model, ids: records, brought }) : [];
      for (const id of ids) kept.add(id);
    } else {
      const owners = records.filter((id) => !kept.has(id));
      const missing = { model: model.name, column: owner, owners, present, at };
      changes.set(model.name, [...changed, ...(await markMissingOfOwner(transaction, missing))]);
    }
    if (syncId !== undefined) {
      const sighting = { syncId, model: model.name };
      const ids = [...left, ...records.filter((id) => kept.has(id))];
      await addSightings(transaction, { ...sighting, ids: present });
      await addSightingsOfRecords(transaction, { ...sighting, column: owner ?? 'id', ids });
    }
  }
  const { operation } = listing;
  await forgetRejected(transaction, { integrationId, listing: operation, remoteIds });
  await saveRejected(transaction, { integrationId, listing: operation, rejected, at });
  await noteDrift(transaction, { integrationId, listing: operation, counts: page.drift.counts, at });
  return changes;
}
