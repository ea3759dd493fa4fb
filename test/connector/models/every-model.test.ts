import { fc } from '@fast-check/vitest';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { gemDescription } from '../../../contracts/gem.ts';
import { createValidator } from '../../../contracts/validator.ts';
import { models } from '../../../connector/models/index.ts';
import { listings } from '../../../connector/models/listings.ts';
import type { Model } from '../../../connector/models/model.ts';
import { openStore } from '../../../connector/store/index.ts';
import { records } from '../../support/arbitraries/records.ts';

const context = { integrationId: 'gem:1', jobBoardVanity: 'acme', isRemoteDataEnabled: true };
const every: readonly Model[] = models;
const validator = createValidator(gemDescription, { unknownFields: 'refuse' });

describe.each(every)('$name', (model) => {
  const record = records[model.listing];

  test('is generated from records of its description', () => {
    const schema = listings.find(({ operation }) => operation === model.listing)?.schema ?? '';
    fc.assert(
      fc.property(record, (value) => {
        expect(validator.schema(schema, value)).toEqual([]);
      }),
    );
  });

  test('maps any record of its description to rows of exactly its columns', () => {
    const columns = ['id', 'remote_deleted_at', 'remote_id', ...Object.keys(model.columns)].toSorted();
    fc.assert(
      fc.property(record, (value) => {
        for (const row of model.rows(value, context)) {
          expect(Object.keys(row).toSorted()).toEqual(columns);
          expect(Object.values(row)).not.toContain(undefined);
          expect(row.id).toMatch(/^[1-9A-HJ-NP-Za-km-z]{24}$/);
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
        const first = model.rows(value, context);
        vi.setSystemTime('2027-02-02');
        expect(model.rows(value, context)).toEqual(first);
        expect(value).toEqual(before);
      }),
    );
  });

  test('writes moments in UTC with milliseconds', () => {
    const moments = Object.keys(model.columns).filter((column) => model.columns[column] === 'timestamptz');
    fc.assert(
      fc.property(record, (value) => {
        const row = model.rows(value, context)[0];
        for (const column of ['remote_deleted_at', ...moments]) {
          expect(row?.[column] ?? '2026-01-01T00:00:00.000Z').toMatch(
            /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
          );
        }
      }),
    );
  });

  test('carries no record when that is switched off', () => {
    fc.assert(
      fc.property(record, (value) => {
        const [row] = model.rows(value, { ...context, isRemoteDataEnabled: false });
        expect(row?.['remote_data'] ?? null).toBeNull();
      }),
    );
  });
});

test('every model is listed once and fed by a list that is read', () => {
  expect(new Set(every.map(({ name }) => name)).size).toBe(every.length);
  const read = listings.map(({ operation }) => operation);
  for (const { listing } of every) expect(read).toContain(listing);
});

test('the tables have the columns of the models, and their types', async () => {
  const store = await openStore();
  onTestFinished(() => store.close());
  const { rows } = await sql<{ table_name: string; column_name: string; data_type: string }>`
    select table_name, column_name, data_type from information_schema.columns where table_name like 'ats\\_%'
  `.execute(store.database);
  const frame = new Set([
    'id',
    'integration_id',
    'remote_id',
    'number',
    'changed_at',
    'remote_deleted_at',
    'is_cleared',
  ]);
  const types: Record<string, string> = { timestamptz: 'timestamp with time zone' };
  for (const { name, columns, derivedColumns } of every) {
    const table = rows.filter(
      ({ table_name, column_name }) => table_name === name && !frame.has(column_name),
    );
    const declared = Object.entries({ ...columns, ...derivedColumns });
    expect(Object.fromEntries(table.map(({ column_name, data_type }) => [column_name, data_type]))).toEqual(
      Object.fromEntries(declared.map(([column, type]) => [column, types[type] ?? type])),
    );
  }
});
