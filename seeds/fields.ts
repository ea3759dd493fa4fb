import { toInstant } from '../contracts/clock.ts';
import { controlDescription } from '../contracts/control.ts';
import { createValidator, type Validator, type Violation } from '../contracts/validator.ts';
import { nearest } from './nearest.ts';
import {
  follow,
  mapTexts,
  recordSchema,
  recordSchemaName,
  type Schema,
  type ResourceName,
} from './records.ts';

/** One mistake in the fields of a record that a person or client wrote. */
export interface FieldProblem {
  /** Where in the fields, from the outside in. */
  path: (string | number)[];
  message: string;
  /** The nearest right word, where one is near. */
  suggestion?: string;
}

/**
 * Checks some fields of a record: unknown ones, wrong values, lists and objects that are not whole.
 *
 * @param written the same fields as they were written, with labels in place of ids; messages show these
 */
export function checkFields(name: ResourceName, fields: unknown, written: unknown = fields): FieldProblem[] {
  return withoutBranches(ofControl().input(recordSchemaName(name), fields, { isPart: true })).map(
    (violation) =>
      toProblem({ ...violation, value: valueAt(written, violation.path) ?? violation.value }, name, fields),
  );
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (here, key) => (typeof here === 'object' && here !== null ? Reflect.get(here, key) : undefined),
    value,
  );
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
  return ofControl().input(schemaName, value);
}

/** Made when it is first needed: that takes a while. */
function ofControl(): Validator {
  return createValidator(controlDescription, { unknownFields: 'refuse' });
}

/**
 * Violations of which those are left out that only say why a value is not of one form among several: what is wrong within
 * the value says more than that it has none of the forms, and otherwise that says it all.
 */
export function withoutBranches(violations: readonly Violation[]): Violation[] {
  const unions = violations.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf');
  const isDeep = (union: Violation) => violations.some((one) => isWithin(one, union) && isDeeper(one, union));
  return violations.filter((one) =>
    unions.includes(one)
      ? !isDeep(one)
      : unions.every((union) => !isWithin(one, union) || isDeeper(one, union)),
  );
}

function isDeeper(one: Violation, other: Violation): boolean {
  return one.path.length > other.path.length;
}

function isWithin(one: Violation, union: Violation): boolean {
  return one !== union && union.path.every((key, index) => one.path[index] === key);
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
    return { path, ...unknownWord(`unknown field "${field}" of ${holder}`, String(field), known) };
  }
  if (keyword === 'required') return { path: path.slice(0, -1), message: `"${field}" is missing` };
  if (keyword === 'enum') {
    const allowed = (schema['enum'] as unknown[]).map(String);
    const message =
      allowed.length === 1
        ? `${field} has to be ${allowed[0]}, not ${inWords(written)}`
        : `${field} cannot be ${inWords(written)}; it is one of ${allowed.join(', ')}`;
    return { path, message, ...(typeof written === 'string' && suggest(written, allowed)) };
  }
  return { path, message: `${field} ${demand(violation)}, not ${inWords(written)}` };
}

/** The nearest right word as part of a problem; nothing where none is near. */
export function suggest(word: string, known: Iterable<string>): { suggestion?: string } {
  const suggestion = nearest(word, known);
  return suggestion === undefined ? {} : { suggestion };
}

/**
 * What is wrong with a word that nothing is called by, with the nearest right word, or the words there are.
 *
 * @param message what is wrong
 */
export function unknownWord(
  message: string,
  word: string,
  known: readonly string[],
): { message: string; suggestion?: string } {
  const near = suggest(word, known);
  return near.suggestion === undefined ? { message: `${message}${thereAre(known)}` } : { message, ...near };
}

/** The words that there are, as the end of a message. */
function thereAre(known: readonly string[]): string {
  if (known.length === 0) return '';
  const more = known.length > maxWords ? `, and ${known.length - maxWords} more` : '';
  return `; there ${known.length === 1 ? 'is' : 'are'}: ${known.slice(0, maxWords).join(', ')}${more}`;
}

/** So many words are read in one line. */
const maxWords = 30;

/** What a value has to be like, in words: what a library calls it says little to those who have never seen it. */
function demand({ keyword, schema }: Violation): string {
  return demands[keyword]?.(schema) ?? 'is not what it may be';
}

type Bounds = Readonly<Record<string, unknown>>;

const demands: Readonly<Record<string, (schema: Bounds) => string>> = {
  type: ({ type, format }) =>
    formatWords[String(format)] === undefined
      ? `has to be ${[type]
          .flat()
          .map((name) => typeWords[String(name)] ?? String(name))
          .join(' or ')}`
      : `has to be ${formatWords[String(format)]}`,
  const: ({ const: value }) => `has to be ${JSON.stringify(value)}`,
  format: ({ format }) => `has to be ${formatWords[String(format)] ?? `a ${String(format)}`}`,
  pattern: ({ pattern, examples }) =>
    Array.isArray(examples)
      ? `has to look like ${examples.map(String).join(' or ')}`
      : `has to have the form ${String(pattern)}`,
  minimum: ({ minimum }) => `has to be ${String(minimum)} or more`,
  maximum: ({ maximum }) => `has to be ${String(maximum)} or less`,
  exclusiveMinimum: ({ exclusiveMinimum }) => `has to be more than ${String(exclusiveMinimum)}`,
  exclusiveMaximum: ({ exclusiveMaximum }) => `has to be less than ${String(exclusiveMaximum)}`,
  multipleOf: ({ multipleOf }) => `has to be a multiple of ${String(multipleOf)}`,
  minLength: ({ minLength }) =>
    minLength === 1 ? 'must not be empty' : `has to have ${String(minLength)} letters or more`,
  maxLength: ({ maxLength }) => `has to have ${String(maxLength)} letters or fewer`,
  minItems: ({ minItems }) => `has to have ${counted(minItems, 'item')} or more`,
  maxItems: ({ maxItems }) => `has to have ${counted(maxItems, 'item')} or fewer`,
  uniqueItems: () => 'has to have each item once',
  minProperties: ({ minProperties }) => `has to have ${counted(minProperties, 'field')} or more`,
  maxProperties: ({ maxProperties }) => `has to have ${counted(maxProperties, 'field')} or fewer`,
  oneOf: forms,
  anyOf: forms,
};

/** The forms of a value that may have several, as far as they can be told in a word each. */
function forms({ oneOf, anyOf }: Bounds): string {
  const words = [oneOf ?? anyOf].flat().flatMap((form) => {
    const { const: value, enum: values, type, minimum } = follow((form ?? {}) as Schema);
    if (value !== undefined) return [JSON.stringify(value)];
    if (values !== undefined) return values.map(String);
    const least = minimum === undefined ? '' : ` from ${minimum}`;
    return [type ?? []].flat().map((name) => `${typeWords[name] ?? name}${least}`);
  });
  return words.length === 0
    ? 'has none of the forms that it may have'
    : `has to be ${[...new Set(words)].join(' or ')}`;
}

function counted(count: unknown, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}

const formatWords: Readonly<Record<string, string>> = {
  'date-time': 'an instant such as 2026-11-16T09:00:00Z',
  date: 'a date such as 2026-11-16',
  time: 'a time of day such as 09:00:00Z',
  email: 'an e-mail address such as zoe@example.com',
  'idn-email': 'an e-mail address such as zoe@example.com',
  uri: 'an address such as https://example.com/page',
  iri: 'an address such as https://example.com/page',
  byte: 'base64',
};

const typeWords: Record<string, string> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of fields',
  null: 'null',
};

/** A value as messages show it. */
export function inWords(value: unknown): string {
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
