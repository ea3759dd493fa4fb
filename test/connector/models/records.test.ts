// That the records which the models are tested with are what Gem's description allows, and all of it.
import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { gemDescription, type GemSchemas } from '../../../contracts/gem.ts';
import { createValidator } from '../../../contracts/validator.ts';
import { listings } from '../../../connector/models/listings.ts';
import { described } from '../../support/arbitraries/described.ts';
import { records } from '../../support/arbitraries/records.ts';

const validator = createValidator(gemDescription, { unknownFields: 'refuse' });

describe.each(listings)('the records of $operation', ({ operation, schema }) => {
  test('fit their description', () => {
    fc.assert(
      fc.property(records[operation], (value) => {
        expect(validator.schema(schema, value)).toEqual([]);
      }),
    );
  });

  test('have every field that the description knows, and are null or left out wherever it allows that', () => {
    const sample = fc.sample(described(schema), 300);
    const wrong = Object.entries(propertiesOf(schema)).filter(([field, { type }]) => {
      const values = sample.map((value) => (value as Readonly<Record<string, unknown>>)[field]);
      const isLeftOut = values.includes(undefined);
      const isNull = values.includes(null);
      const isGiven = values.some((value) => value !== undefined && value !== null);
      const mayBeNull = type === undefined ? isNull : [type].flat().includes('null');
      return !isGiven || isLeftOut === requiredOf(schema).includes(field) || isNull !== mayBeNull;
    });
    expect(wrong).toEqual([]);
  });
});

interface Schema {
  properties?: Record<string, { type?: string | string[] }>;
  required?: string[];
}

function schemaOf(name: keyof GemSchemas): Schema {
  const { components } = gemDescription.document as { components: { schemas: Record<string, Schema> } };
  return components.schemas[name] ?? {};
}

function propertiesOf(name: keyof GemSchemas) {
  return schemaOf(name).properties ?? {};
}

function requiredOf(name: keyof GemSchemas) {
  return schemaOf(name).required ?? [];
}
