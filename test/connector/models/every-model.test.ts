// Laws that every model keeps with any record that Gem's description allows.
import { fc } from '@fast-check/vitest';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { komboId } from '../../../connector/identifiers.ts';
import { models } from '../../../connector/models/index.ts';
import { listingOf } from '../../../connector/models/listings.ts';
import type { Model } from '../../../connector/models/model.ts';
import { records } from '../../support/arbitraries/records.ts';
import { context, rowsOf, utc } from './support/mapping.ts';

const every: readonly Model[] = models;

describe.each(every)('$name', (model) => {
  const record = records[model.listing];

  test('maps any record of its description to rows of exactly its columns, with values of their types', () => {
    const columns = ['id', 'remote_deleted_at', 'remote_id', ...Object.keys(model.columns)].toSorted();
    fc.assert(
      fc.property(record, (value) => {
        for (const row of rowsOf(model, value)) {
          expect(Object.keys(row).toSorted()).toEqual(columns);
          expect(columns.filter((column) => !isOfType(row[column], model.columns[column]))).toEqual([]);
        }
      }),
    );
  });

  test('maps the same record to the same rows at any time, and leaves the record as it was', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    fc.assert(
      fc.property(record, (value) => {
        const before = structuredClone(value);
        vi.setSystemTime('2026-01-01');
        const first = rowsOf(model, value);
        vi.setSystemTime('2027-02-02');
        expect(rowsOf(model, value)).toEqual(first);
        expect(value).toEqual(before);
      }),
    );
  });

  test('keys its rows by the integration and by what they are at Gem, and deletes them with their record', () => {
    fc.assert(
      fc.property(record, (value) => {
        for (const row of rowsOf(model, value)) {
          expect(row.id).toBe(komboId(context.integrationId, row.remote_id));
          expect(row.remote_deleted_at).toBe(value.deleted_at ? utc(value.deleted_at) : null);
        }
      }),
    );
  });

  test('makes each value of a row alone as it makes it with the others', () => {
    fc.assert(
      fc.property(record, (value) => {
        const read = listingOf(model.listing).read(value);
        const parts = read ? model.parts(read) : [];
        const columns = ['id', 'remote_id', 'remote_deleted_at', ...Object.keys(model.columns)];
        const rows = parts.map((part) =>
          Object.fromEntries(columns.map((column) => [column, part.make(column, context)])),
        );
        expect(rows).toEqual(rowsOf(model, value));
        for (const part of parts) {
          expect(() => part.make('nothing', context)).toThrow(`${model.name} has no column nothing`);
        }
      }),
    );
  });

  test('names the record that its rows are part of, unless they are records themselves', () => {
    let parts = 0;
    fc.assert(
      fc.property(record, (value) => {
        for (const row of rowsOf(model, value)) {
          if (row.remote_id === value.id) continue;
          parts += 1;
          expect(row[model.owner ?? '']).toBe(komboId(context.integrationId, value.id));
        }
      }),
    );
    expect(model.owner !== undefined).toBe(parts > 0);
  });
});

function isOfType(value: unknown, type = 'text'): boolean {
  if (value === null) return true;
  if (type === 'jsonb') return JSON.stringify(value) !== undefined;
  if (type === 'boolean') return typeof value === 'boolean';
  if (type === 'integer') return Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31;
  if (type === 'timestamptz') return typeof value === 'string' && utc(value) === value;
  return typeof value === 'string';
}
