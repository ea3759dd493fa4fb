// The columns of every model and their types, held against the public page and the unified description.
import { describe, expect, test } from 'vitest';
import { coveredModels, type ModelName } from '../../../contracts/coverage.ts';
import document from '../../../contracts/generated/unified.json' with { type: 'json' };
import { models } from '../../../connector/models/index.ts';
import type { Model } from '../../../connector/models/model.ts';

const every: readonly Model[] = models;

/** What every row has, and what is not the mapping's to fill. */
const frame = new Set(['id', 'remote_id', 'changed_at', 'remote_deleted_at']);

test('the models are those of the public page, in its order', () => {
  expect(every.map(({ name }) => name)).toEqual(Object.keys(coveredModels));
});

describe.each(every)('$name', (model) => {
  const { label, fields } = coveredModels[model.name];

  test('is called as on the public page', () => {
    expect(model.label).toBe(label);
  });

  test('has a column for each field of the public page and, besides, only internal ones', () => {
    const columns = [...Object.keys(model.columns), ...Object.keys(model.derivedColumns)];
    expect(columns.filter((column) => !model.internalColumns.includes(column)).toSorted()).toEqual(
      fields.filter((field) => !frame.has(field)).toSorted(),
    );
    expect(columns).toEqual(expect.arrayContaining([...model.internalColumns]));
  });

  test('has columns of the types that the unified API answers with', () => {
    for (const [column, type] of Object.entries({ ...model.columns, ...model.derivedColumns })) {
      expect([column, type]).toEqual([column, described(model.name, column) ?? typeByName(column)]);
    }
  });
});

/** Where the unified description speaks of a model's fields. */
const places: Partial<Record<ModelName, keyof typeof document.components.schemas>> = {
  ats_users: 'User',
  ats_jobs: 'Job',
  ats_job_postings: 'JobPosting',
  ats_candidates: 'Candidate',
  ats_application_stages: 'ApplicationStage',
  ats_applications: 'Application',
  ats_interviews: 'Interview',
};

interface Schema {
  description?: string;
  $ref?: string;
  type?: string | string[];
  format?: string;
  oneOf?: Schema[];
}

/** The column type for a field as the unified description has it; undefined where it has none. */
function described(model: ModelName, field: string): string | undefined {
  const schemas: Record<string, { properties?: Record<string, Schema> } & Schema> =
    document.components.schemas;
  const schema = schemas[places[model] ?? '']?.properties?.[field];
  return schema && typeOf(schema);

  function typeOf({ $ref, oneOf, type, format }: Schema): string {
    if ($ref) return typeOf(schemas[$ref.split('/').at(-1) ?? ''] ?? {});
    const types = (oneOf ?? [{ type: type ?? 'any', format }]).flatMap((one) =>
      [one.type ?? 'object'].flat(),
    );
    if (types.includes('string')) return format === 'date-time' ? 'timestamptz' : 'text';
    return types.find((one) => ['boolean', 'integer'].includes(one)) ?? 'jsonb';
  }
}

/** Fields that the unified API does not answer with say by their names what they hold. */
function typeByName(column: string): string {
  if (column.endsWith('_at')) return 'timestamptz';
  if (column.endsWith('_id')) return 'text';
  if (column.startsWith('is_')) return 'boolean';
  return column.endsWith('index') ? 'integer' : 'jsonb';
}
