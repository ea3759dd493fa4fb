import { Drift } from '../models/drift.ts';
import { identifier } from '../models/forms.ts';
import { models } from '../models/index.ts';
import { changeOf, type Listing, type ReadRecord } from '../models/listings.ts';
import type { MappingContext, Model, ModelName, Row } from '../models/model.ts';
import type { RejectedRecord } from '../store/queries/rejected.ts';

/** What a page of records comes to. */
export interface MappedPage {
  listing: Listing;
  /** Gem's ids of the records that could be used. */
  remoteIds: string[];
  /** The rows of every model that is fed by the list. */
  rows: ReadonlyMap<ModelName, Row[]>;
  /** The ids of rows of which cannot be told whether Gem has deleted them: they stay as they are stored. */
  undecided: ReadonlySet<string>;
  rejected: RejectedRecord[];
  /** Where the records depart from the description. */
  drift: Drift;
}

/**
 * Maps each record to the rows of all models that the list feeds. A record that lacks what the mapping needs is set aside
 * with the reason; whatever else it lacks is null. Of a record that stands on the page twice, the newer version counts: by
 * its own word, or else the later one.
 */
export function mapPage(listing: Listing, records: readonly unknown[], context: MappingContext): MappedPage {
  const fed = modelsOf(listing);
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
