import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import type { ListingName, RecordOf } from '../../../../connector/models/listings.ts';
import type { MappingContext, Model, Row } from '../../../../connector/models/model.ts';
import { listingOf } from '../../../../connector/models/listings.ts';
import { records } from '../../../support/arbitraries/records.ts';

/** A model together with the list that its records come from. */
interface Fed<Listing extends ListingName> {
  model: Model;
  listing: Listing;
}

export const context: MappingContext = {
  integrationId: 'gem:1',
  jobBoardVanity: 'acme',
  isRemoteDataEnabled: false,
};

/** The rows that a record becomes as Gem sends it. */
export function rowsOf(model: Model, record: unknown, more: Partial<MappingContext> = {}): Row[] {
  const read = listingOf(model.listing).read(record);
  if (!read) throw new Error('the record cannot be used');
  return model.rows(read, { ...context, ...more });
}

/** The only row that a record becomes. */
export function rowOf(model: Model, record: unknown, more: Partial<MappingContext> = {}): Row {
  const [row, ...others] = rowsOf(model, record, more);
  if (!row || others.length > 0) throw new Error('the record became none or several rows');
  return row;
}

/**
 * Tests that columns hold what fields of Gem hold, whatever that is: null where the field is null or left out, and the same
 * moment where the field is one.
 */
export function testCopies<Listing extends ListingName>(
  { model, listing }: Fed<Listing>,
  columns: Readonly<Record<string, keyof RecordOf[Listing] & string>>,
): void {
  test.each(Object.entries(columns))("%s is Gem's %s", (column, field) => {
    fc.assert(
      fc.property(records[listing], (record) => {
        const value = record[field as keyof RecordOf[Listing]];
        const expected = column.endsWith('_at') && typeof value === 'string' ? utc(value) : (value ?? null);
        expect(rowOf(model, record)[column]).toEqual(expected);
      }),
    );
  });
}

/** A moment as the unified API writes it (kombo-unified-api §1.6). */
export function utc(moment: string): string {
  return new Date(moment).toISOString();
}
