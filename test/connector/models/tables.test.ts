import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { models } from '../../../connector/models/index.ts';
import type { Model } from '../../../connector/models/model.ts';
import { openTestStore } from '../../support/databases.ts';

const every: readonly Model[] = models;

test('the tables have the columns of the models, and their types', async () => {
  const store = await openTestStore();
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
    'reading',
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
