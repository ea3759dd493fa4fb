// What editors complete and check a scenario's file by: a JSON Schema, made of the schemas of records and edits.
import type { NamedRule } from '../../contracts/harness/load-rules.ts';
import { isShortPart } from '../factories/parts.ts';
import { parameterTypes } from '../parameters.ts';
import {
  follow,
  namedSchema,
  recordSchema,
  type Schema,
  resourceNames,
  type ResourceName,
} from '../records.ts';
import { topKeys } from './structure.ts';

/** The JSON Schema of a scenario's file, which may give examples of these rules. */
export function editorSchema(rules: readonly NamedRule[]): object {
  const { purpose, extends: extended, remove, ...rest } = topKeys;
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'A mock-gem scenario',
    type: 'object',
    additionalProperties: false,
    required: ['purpose'],
    properties: {
      purpose: { type: 'string', description: purpose },
      rules: {
        description: rest.rules,
        type: 'array',
        items: {
          oneOf: rules.map(({ name, rule }) => ({ const: name, description: rule.statement })),
        },
      },
      extends: { type: 'string', description: extended },
      parameters: { description: rest.parameters, type: 'object', additionalProperties: parameter },
      company: {
        description: rest.company,
        type: 'object',
        additionalProperties: false,
        properties: {
          name: { type: 'string' },
          vanity: { type: 'string', description: 'The name of its job board: jobs.gem.com/{vanity}.' },
        },
      },
      records: {
        description: rest.records,
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(
          resourceNames.map((name) => [name, { type: 'array', items: { $ref: `#/definitions/${name}` } }]),
        ),
      },
      change: {
        description: rest.change,
        type: 'object',
        additionalProperties: { anyOf: resourceNames.map((name) => ({ $ref: `#/definitions/${name}` })) },
      },
      delete: {
        description: rest.delete,
        type: 'array',
        items: {
          anyOf: [
            label,
            {
              type: 'object',
              additionalProperties: false,
              required: ['record'],
              properties: { record: label, at: moment },
            },
          ],
        },
      },
      remove: { description: remove, type: 'array', items: label },
      timeline: { description: rest.timeline, type: 'array', items: { anyOf: edits() } },
    },
    definitions: Object.fromEntries(resourceNames.map((name) => [name, record(name)])),
  };
}

const label = { type: 'string', description: 'A label, or an id.' };
const moment = {
  type: 'string',
  description: 'A time: 2026-11-16T09:00:00Z, 2026-11-16, now, "3 days ago" or "in 2 hours".',
};
const template = { type: 'string', pattern: '^\\$\\{\\w+\\}$', description: 'The value of a parameter.' };
const count = {
  anyOf: [{ type: 'integer', minimum: 0 }, template],
  description: 'How many of them; ${number} stands for 1, 2, 3 …, and labels become label-1, label-2 …',
};
const parameter = {
  type: 'object',
  additionalProperties: false,
  properties: {
    type: { enum: parameterTypes },
    default: { type: ['string', 'number', 'boolean'] },
    description: { type: 'string' },
    minimum: { type: 'number' },
    maximum: { type: 'number' },
  },
};

function record(name: ResourceName): object {
  const { properties = {} } = recordSchema(name);
  const fields = Object.entries(properties).map(([field, schema]) => {
    const editable = relaxed(schema);
    return [field, isShortPart(name, field) ? withShortParts(editable) : editable];
  });
  const stages = {
    description: 'The names of the stages, in order; the usual ones where it is missing.',
    type: 'array',
    items: { type: 'string' },
  };
  return {
    type: ['object', 'null'],
    additionalProperties: false,
    properties: {
      as: { type: 'string', description: 'The label by which others refer to it.' },
      count,
      ...(name === 'jobs' && { stages }),
      ...Object.fromEntries(fields),
    },
  };
}

/** A schema in which ids may be labels, times may be told in words, and nothing is required. */
function relaxed(schema: Schema): object {
  const { description, ...here } = { ...follow(schema), ...schema };
  const target = here['x-refers-to'];
  const told = [description, target && `One of the ${target}, by label or id.`].filter(Boolean).join(' ');
  const described = told === '' ? {} : { description: told };
  if (here.format === 'date-time' || here.format === 'date') {
    return { ...moment, type: here.type };
  }
  if (here.enum) return { ...described, anyOf: [{ enum: here.enum }, template] };
  if (here.items) return { ...described, anyOf: [{ type: 'array', items: relaxed(here.items) }, template] };
  if (here.properties) {
    const properties = Object.fromEntries(
      Object.entries(here.properties).map(([key, property]) => [key, relaxed(property)]),
    );
    return { ...described, type: here.type, additionalProperties: false, properties };
  }
  const types = [here.type ?? []].flat();
  if (types.length === 0 || types.includes('object') || types.includes('string')) {
    return types.length === 0 ? described : { ...described, type: here.type };
  }
  return { ...described, anyOf: [{ type: here.type }, template] };
}

function withShortParts(schema: object): object {
  const { anyOf: [list] = [], ...rest } = schema as { anyOf?: [{ items: object }] };
  if (!list) return { anyOf: [schema, { type: 'string' }] };
  return {
    ...rest,
    anyOf: [{ type: 'array', items: { anyOf: [list.items, { type: 'string' }] } }, template],
  };
}

/** One schema for each edit, and for those that set fields one for each resource. */
function edits(): object[] {
  return (namedSchema('Edit').oneOf ?? []).flatMap((reference) => {
    const { properties = {}, required = [], description } = follow(reference);
    const when = {
      at: moment,
      after: { type: 'string', description: 'How long after the start: 90 seconds, 3 hours, 2 days.' },
      count,
    };
    const shape = (more: object) => ({
      description,
      type: 'object',
      additionalProperties: false,
      required,
      properties: {
        ...when,
        ...Object.fromEntries(Object.entries(properties).map(([key, schema]) => [key, editField(schema)])),
        ...more,
      },
    });
    if (!properties['set']) return [shape({})];
    return resourceNames.map((name) =>
      shape({ resource: { const: name }, set: { $ref: `#/definitions/${name}` } }),
    );
  });
}

function editField(schema: Schema): object {
  const { const: word, enum: words, type, items, description } = { ...follow(schema), ...schema };
  return JSON.parse(JSON.stringify({ description, const: word, enum: words, type, items })) as object;
}
