// Laws of the lineage, on records of all lists, likely ones and odd ones: it makes the value that a sync makes; what it names can
// change the value; what it does not name never does.
import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { type Lineage, type TracedRow, traceRows, type Read } from '../../../connector/explain/lineage.ts';
import { pathOf, valueAt, withValue } from '../../../connector/explain/places.ts';
import { identifier } from '../../../connector/models/forms.ts';
import { models } from '../../../connector/models/index.ts';
import { listingOf } from '../../../connector/models/listings.ts';
import type { MappingContext, Model, Row } from '../../../connector/models/model.ts';
import { records } from '../../support/arbitraries/records.ts';
import { context as plain } from '../models/support/mapping.ts';
import { oddValue, type Place, placesOf } from '../models/support/odd-values.ts';
import { anyPut, changesOf, placesAndNew, touches } from './support/changes.ts';

const every: readonly Model[] = models;
const context: MappingContext = { ...plain, isRemoteDataEnabled: true };
const runs = { numRuns: process.env['DEEP'] ? 40 : process.env['BROAD'] ? 12 : 2 };

describe.each(every)('$name', { timeout: 900_000 }, (model) => {
  const columns = ['id', 'remote_id', 'remote_deleted_at', ...Object.keys(model.columns)];
  const record = records[model.listing].chain((likely: object) =>
    fc
      .array(fc.tuple(fc.constantFrom(...placesOf(likely)), oddValue), { maxLength: 2 })
      .map((odd) => odd.reduce<unknown>((value, [place, put]) => withValue(value, place, put), likely))
      .filter((one) => listingOf(model.listing).read(one) !== undefined),
  );

  test('a value is the one that a sync makes', () => {
    fc.assert(
      fc.property(record, (one) => {
        const traced = traceRows(model, one, context).map((row) =>
          Object.fromEntries(columns.map((column) => [column, row.lineageOf(column).value])),
        );
        expect(traced).toEqual(rowsOf(one));
      }),
      runs,
    );
  });

  test('what is not named never changes the value, in one place or in all of them', () => {
    const puts = fc.array(anyPut, { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(record, puts, (one, [...odd]) => {
        // Another id is another record.
        const places = placesAndNew(one).filter((place) => pathOf(place) !== 'id');
        const found = valuesOf(one);
        for (const put of [{ id: 'new', name: 'new', value: 'new' }, ...odd]) {
          const isTouched = ({ reads }: Lineage, place: Place) =>
            reads.some((read) => touches(place, put, read, one));
          for (const place of places) {
            const rows = rowsOf(withValue(one, place, put));
            for (const known of found.filter((lineage) => !isTouched(lineage, place))) {
              expect([known.column, pathOf(place), valueIn(rows, known)]).toEqual([
                known.column,
                pathOf(place),
                known.value,
              ]);
            }
          }
          for (const known of found) {
            // What is in a place is changed before the place itself is.
            const others = places.filter((place) => !isTouched(known, place)).toReversed();
            const other = others.reduce<unknown>((now, place) => withValue(now, place, put), one);
            expect([known.column, valueIn(rowsOf(other), known)]).toEqual([known.column, known.value]);
          }
        }
      }),
      runs,
    );
  });

  test('what is named can change the value, alone or together with others that are', () => {
    fc.assert(
      fc.property(record, (one) => {
        for (const known of valuesOf(one)) {
          const { column, reads, value } = known;
          for (const read of reads) {
            const can = changesOf(read, one, nameIn(known, one)).some((other) =>
              differs(valueIn(rowsOf(other), known), value),
            );
            if (can) continue;
            const isTogether = decidedTogether[model.name]?.includes(column) === true;
            const others = reads.filter((another) => another !== read);
            expect([column, pathOf(read.place), isTogether && canTogether(one, known, read, others)]).toEqual(
              [column, pathOf(read.place), true],
            );
          }
        }
      }),
      runs,
    );
  });

  interface Known extends Lineage {
    row: TracedRow;
    column: string;
  }

  function valuesOf(one: unknown): Known[] {
    return traceRows(model, one, context).flatMap((row) =>
      columns.map((column) => Object.assign(row.lineageOf(column), { row, column })),
    );
  }

  function rowsOf(one: unknown): Row[] {
    const read = listingOf(model.listing).read(one);
    return read ? model.rows(read, context) : [];
  }

  /** The value of the same row in others. */
  function valueIn(rows: readonly Row[], { row: { remoteId }, column }: Known): unknown {
    const row = model.owner === undefined ? rows[0] : rows.find(({ remote_id }) => remote_id === remoteId);
    return row?.[column];
  }

  /** Whether a change of one place makes a difference once others of those that are named were changed. */
  function canTogether(one: unknown, known: Known, read: Read, others: readonly Read[]): boolean {
    const name = nameIn(known, one);
    const matters = (set: unknown) => {
      const before = valueIn(rowsOf(set), known);
      return changesOf(read, set, name).some((other) => differs(valueIn(rowsOf(other), known), before));
    };
    // Another id is another record.
    const rest = others.filter(({ place }) => pathOf(place) !== 'id');
    const inTheSameWay = changesOf(read, one, name).map((_, index) =>
      rest.reduce<unknown>((now, other) => changesOf(other, now, name)[index] ?? now, one),
    );
    return (
      inTheSameWay.some(matters) ||
      rest.some((other) => changesOf(other, one, name).some((set) => matters(set)))
    );
  }
});

/** What a row of parts names, behind the id of the record that it is part of; something new where it is the record itself. */
function nameIn({ row }: { row: TracedRow }, record: unknown): string {
  const id = identifier(valueAt(record, ['id'])) ?? '';
  return row.remoteId.slice(id.length + 1) || 'new';
}

/** Values that several places decide together: which application came first, whether all declined, who is named twice. */
const decidedTogether: Partial<Record<Model['name'], readonly string[]>> = {
  ats_candidates: ['source'],
  ats_interviews: ['canceled'],
  ats_job_postings: ['status', 'url', 'is_live'],
  ats_join_jobs_users: ['id', 'remote_id', 'remote_deleted_at', 'roles', 'job_id', 'user_id'],
  ats_join_interviews_users: ['id', 'remote_id', 'remote_deleted_at', 'interview_id', 'user_id'],
};

function differs(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}
