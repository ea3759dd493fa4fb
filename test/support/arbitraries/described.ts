// Valid records of Gem, made from its description: every field that an object may have, with nulls, left-out keys, empty
// and foreign texts, and values at the ends of what can be stored.
import { fc } from '@fast-check/vitest';
import type { GemSchemas } from '../../../contracts/gem.ts';
import document from '../../../contracts/generated/gem.json' with { type: 'json' };
import { identifier, text, webUrl } from './values.ts';

/** A JSON schema, as far as Gem's records use it. */
interface Schema {
  description?: string;
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  format?: string;
}

const schemas: Readonly<Record<string, Schema>> = document.components.schemas;

/** Records that fit a named schema of Gem's description. */
export function described<Name extends keyof GemSchemas & string>(
  name: Name,
): fc.Arbitrary<GemSchemas[Name]> {
  // What is made of a schema is of the type that is generated from the same schema.
  return fitting(schemas[name] ?? {}) as fc.Arbitrary<GemSchemas[Name]>;
}

/** A moment as any writer of RFC 3339 may put it, between the years 1 and 9999. */
export const anyMoment: fc.Arbitrary<string> = fc
  .tuple(
    fc.date({ noInvalidDate: true, min: new Date('0001-01-02'), max: new Date('9999-12-30') }),
    fc.constantFrom('', '.0', '.5', '.123', '.123456789'),
    fc.constantFrom('Z', '+00:00', '-07:00', '+05:45', '+14:00'),
  )
  .map(([date, fraction, zone]) => `${date.toISOString().slice(0, 19)}${fraction}${zone}`);

const date = anyMoment.map((moment) => moment.slice(0, 10));

/** What an `integer` of PostgreSQL holds at most. */
const greatest = 2 ** 31 - 1;

const values: Readonly<Record<string, (schema: Schema) => fc.Arbitrary<unknown>>> = {
  null: () => fc.constant(null),
  boolean: () => fc.boolean(),
  integer: ({ minimum = -greatest }) =>
    fc.oneof(fc.integer({ min: minimum, max: greatest }), fc.constantFrom(minimum, greatest)),
  string: ({ format = 'text' }) => texts[format] ?? texts['text'] ?? text,
  array: ({ items = {}, minItems = 0, maxItems = minItems + 2 }) =>
    fc.array(fitting(items), { minLength: minItems, maxLength: maxItems }),
  object: (schema) => objects(schema),
};

const texts: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'date-time': anyMoment,
  date,
  uri: webUrl,
  text: fc.oneof(text, identifier, fc.constantFrom('x'.repeat(300))),
};

function fitting(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.$ref) return fitting(schemas[schema.$ref.slice('#/components/schemas/'.length)] ?? {});
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return fc.oneof(...choices.map(fitting));
  if (schema.type === undefined) return fc.jsonValue({ maxDepth: 1 });
  return fc.oneof(...[schema.type].flat().map((type) => values[type]?.(schema) ?? fc.constant(null)));
}

function objects({ properties = {}, required = [], additionalProperties }: Schema): fc.Arbitrary<unknown> {
  const members = Object.fromEntries(
    Object.entries(properties).map(([name, member]) => [
      name,
      // An empty text names no record.
      /(^|_)id$/.test(name) ? fitting(member).filter((value) => value !== '') : fitting(member),
    ]),
  );
  const known = fc.record(members, { requiredKeys: required });
  if (additionalProperties === undefined || additionalProperties === false) return known;
  const value = additionalProperties === true ? {} : additionalProperties;
  const strangers = fc.dictionary(
    text.filter((name) => name !== ''),
    fitting(value),
    { maxKeys: 2, noNullPrototype: true },
  );
  return fc.tuple(known, strangers).map(([own, foreign]) => Object.assign(foreign, own));
}
