import { gemDescription } from '../../contracts/gem.ts';
import { createValidator, type Violation } from '../../contracts/validator.ts';
import { models } from '../models/index.ts';
import type { GemRecord, Listing } from '../models/listings.ts';
import type { MappingContext, Model, ModelName, Row } from '../models/model.ts';
import type { RejectedRecord } from '../store/queries/keep-rejected.ts';

/** What a page of records comes to. */
export interface MappedPage {
  listing: Listing;
  /** Gem's ids of the records that could be used. */
  remoteIds: string[];
  /** The rows of every model that is fed by the list. */
  rows: ReadonlyMap<ModelName, Row[]>;
  rejected: RejectedRecord[];
}

/**
 * Holds each record against the description and maps it to the rows of all models that the list feeds. A record that
 * cannot be used is set aside with the reason, and the others go on.
 */
export function mapPage(listing: Listing, records: readonly unknown[], context: MappingContext): MappedPage {
  const fed = modelsOf(listing);
  const rows = new Map<ModelName, Row[]>(fed.map(({ name }) => [name, []]));
  const page: MappedPage = { listing, remoteIds: [], rows, rejected: [] };
  for (const record of records) {
    try {
      hold(listing, record);
      const mapped = fed.map((model) => [model.name, model.rows(record, context)] as const);
      for (const [name, added] of mapped) rows.get(name)?.push(...added);
      page.remoteIds.push(record.id);
    } catch (error) {
      page.rejected.push({ remoteId: idOf(record), reason: reasonOf(error), record });
    }
  }
  return page;
}

/** The models that a list feeds. */
export function modelsOf({ operation }: Listing): readonly Model[] {
  return models.filter(({ listing }) => listing === operation);
}

const validator = createValidator(gemDescription, { unknownFields: 'allow' });

class Departure extends Error {}

function hold(listing: Listing, record: unknown): asserts record is GemRecord {
  const departures = validator
    .schema(listing.schema, record)
    .filter(({ path }) => !listing.tolerates.includes(path[0] ?? ''));
  if (departures.length > 0) throw new Departure(departures.slice(0, 5).map(describe).join('; '));
}

function describe({ path, message }: Violation): string {
  return `${path.join('.') || 'the record'} ${message}`;
}

/** Gem's id of a record as it came; null when it has none. */
export function idOf(record: unknown): string | null {
  const isObject = typeof record === 'object' && record !== null && 'id' in record;
  return isObject && typeof record.id === 'string' && record.id !== '' ? record.id : null;
}

/** Only our own words: the text of any other error may carry what the record says. */
function reasonOf(error: unknown): string {
  const isOurs = error instanceof Departure || error instanceof RangeError;
  return isOurs ? error.message : 'the record could not be mapped';
}
