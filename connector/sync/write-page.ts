import { komboId } from '../models/identifiers.ts';
import type { ModelName } from '../models/model.ts';
import { addSightings, addSightingsOfRecords } from '../store/queries/add-sightings.ts';
import { markMissingOfOwner } from '../store/queries/mark-missing-of-owner.ts';
import { noteDrift } from '../store/queries/drift.ts';
import { forgetRejected } from '../store/queries/forget-rejected.ts';
import { keepDeletions } from '../store/queries/keep-deletions.ts';
import { keepRejected } from '../store/queries/keep-rejected.ts';
import { upsertRows } from '../store/queries/upsert-rows.ts';
import type { Database } from '../store/schema.ts';
import { modelsOf, type MappedPage } from './map-page.ts';

/** The ids of the rows of each model that a write has changed. */
export type Changes = ReadonlyMap<ModelName, readonly string[]>;

/**
 * Writes what a page came to: its rows, the disappearance of parts that its records no longer have, the records that could
 * not be used, and where records depart from their description.
 *
 * @param syncId the full sync that is to remember what it met, if one is running
 * @param at the instant to note
 */
export async function writePage(
  transaction: Database,
  page: MappedPage,
  { integrationId, syncId, at }: { integrationId: string; syncId: string | undefined; at: string },
): Promise<Changes> {
  const { listing, remoteIds, rejected } = page;
  const unread = rejected.flatMap(({ remoteId }) =>
    remoteId === null ? [] : [komboId(integrationId, remoteId)],
  );
  const changes = new Map<ModelName, readonly string[]>();
  for (const model of modelsOf(listing)) {
    const rows = await keepDeletions(transaction, {
      model: model.name,
      rows: page.rows.get(model.name) ?? [],
      undecided: page.undecided,
    });
    const present = rows.map(({ id }) => id);
    const changed = await upsertRows(transaction, { model, integrationId, rows, changedAt: at });
    const missing =
      model.owner === undefined
        ? []
        : await markMissingOfOwner(transaction, {
            model: model.name,
            column: model.owner,
            owners: remoteIds.map((remoteId) => komboId(integrationId, remoteId)),
            present,
            at,
          });
    changes.set(model.name, [...changed, ...missing]);
    if (syncId !== undefined) {
      const sighting = { syncId, model: model.name };
      await addSightings(transaction, { ...sighting, ids: present });
      await addSightingsOfRecords(transaction, { ...sighting, column: model.owner ?? 'id', ids: unread });
    }
  }
  const { operation } = listing;
  await forgetRejected(transaction, { integrationId, listing: operation, remoteIds });
  await keepRejected(transaction, { integrationId, listing: operation, rejected, at });
  await noteDrift(transaction, { integrationId, listing: operation, counts: page.drift.counts, at });
  return changes;
}
