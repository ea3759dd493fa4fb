import { toInstant } from '../contracts/clock.ts';
import { controlDescription } from '../contracts/control.ts';
import { createValidator, type Validator, type Violation } from '../contracts/validator.ts';
import { nearest } from './nearest.ts';
import { mapTexts, recordSchema, recordSchemaName } from './record-schemas.ts';
import type { ResourceName } from './records.ts';

/** One way in which fields that somebody wrote do not suit their resource. */
export interface FieldProblem {
  /** Where in the fields, from the outside in. */
  path: (string | number)[];
  message: string;
  /** The nearest right word, where one is near. */
  suggestion?: string;
}

/** Checks some fields of a record: unknown ones, wrong values, lists and objects that are not whole. */
export function checkFields(name: ResourceName, fields: unknown): FieldProblem[] {
  return ofControl()
    .written(recordSchemaName(name), fields, { isPart: true })
    .map((violation) => toProblem(violation, name, fields));
}

/**
 * Replaces labels by ids wherever a field refers to other records.
 *
 * @param resolve gives the id for a label or id of a resource; what it throws goes through
 */
export function resolveReferences<Fields extends object>(
  name: ResourceName,
  fields: Fields,
  resolve: (resource: ResourceName, nameOrId: string) => string,
): Fields {
  const resolved = mapTexts(recordSchema(name), fields, (text, schema) => {
    const resource = schema['x-refers-to'];
    return resource ? resolve(resource, text) : text;
  });
  // Texts became other texts; the shape is the same.
  return resolved as Fields;
}

/**
 * Writes every instant of some fields in the form in which Gem tells it (gem-ats-api §1.8), whatever form it came in.
 *
 * @param fields were held against the schema of the resource
 */
export function settleInstants<Fields extends object>(name: ResourceName, fields: Fields): Fields {
  const settled = mapTexts(recordSchema(name), fields, (text, { format }) =>
    format === 'date-time' ? settleInstant(text) : text,
  );
  // Texts became other texts; the shape is the same.
  return settled as Fields;
}

/** An instant in the form in which Gem tells it. */
export function settleInstant(text: string): string {
  return isSettled(text) ? text : toInstant(Date.parse(text));
}

/** Whether an instant has that form already; most do, and to read them all takes long. */
export function isSettled(text: string): boolean {
  return text.length === 24 && text[23] === 'Z' && text[10] === 'T';
}

/** How a value departs from a schema of the control API. */
export function violationsOf(schemaName: string, value: unknown): Violation[] {
  return ofControl().written(schemaName, value);
}

/** Made when it is first needed: that takes a while. */
function ofControl(): Validator {
  return createValidator(controlDescription, { unknownFields: 'refuse' });
}

/** A violation in words. @param owner what has the field, for the message about an unknown one */
export function toProblem(violation: Violation, owner: string, value: unknown): FieldProblem {
  const { keyword, schema } = violation;
  const path = withPositions(violation.path, value);
  const field = path.findLast((key) => typeof key === 'string') ?? owner;
  const written = violation.value;
  if (keyword === 'additionalProperties') {
    const known = Object.keys((schema['properties'] as object | undefined) ?? {});
    const holder = path.slice(0, -1).findLast((key) => typeof key === 'string') ?? owner;
    return { path, message: `unknown field "${field}" of ${holder}`, ...suggest(String(field), known) };
  }
  if (keyword === 'required') return { path: path.slice(0, -1), message: `"${field}" is missing` };
  if (keyword === 'enum') {
    const allowed = (schema['enum'] as unknown[]).map(String);
    const message = `${field} cannot be ${show(written)}; it is one of ${allowed.join(', ')}`;
    return { path, message, ...(typeof written === 'string' && suggest(written, allowed)) };
  }
  return { path, message: `${field} ${demand(violation)}, not ${show(written)}` };
}

/** The nearest right word as part of a problem; nothing where none is near. */
export function suggest(word: string, known: Iterable<string>): { suggestion?: string } {
  const suggestion = nearest(word, known);
  return suggestion === undefined ? {} : { suggestion };
}

function demand({ keyword, schema, message }: Violation): string {
  if (keyword === 'type') {
    const words = [schema['type'] as string | string[]].flat().map((type) => typeWords[type] ?? type);
    return `has to be ${words.join(' or ')}`;
  }
  if (keyword === 'format' && schema['format'] === 'date-time')
    return 'has to be an instant such as 2026-11-16T09:00:00Z';
  if (keyword === 'format' && schema['format'] === 'date') return 'has to be a date such as 2026-11-16';
  return message;
}

const typeWords: Record<string, string> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of fields',
};

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** Positions in lists as numbers. */
function withPositions(path: readonly string[], value: unknown): (string | number)[] {
  let here = value;
  return path.map((key) => {
    const isList = Array.isArray(here);
    here = typeof here === 'object' && here !== null ? (here as Record<string, unknown>)[key] : undefined;
    return isList ? Number(key) : key;
  });
}
