// Compiles the schemas of a description with Ajv, each once and only when it is first needed.
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Description, Operation, Parameter } from './description.ts';
import { addFormats } from './formats.ts';

/** One way in which a value departs from the description. */
export interface Violation {
  location: 'path' | 'query' | 'headers' | 'json' | 'form' | 'files' | 'answer';
  /** Where in the value, from the outside in; the name of the missing or unknown key is included. */
  path: readonly string[];
  keyword: string;
  params: Readonly<Record<string, unknown>>;
  /** The schema that was not met, for texts that need its bounds. */
  schema: Readonly<Record<string, unknown>>;
  /** What stood there; undefined where nothing did. */
  value: unknown;
  message: string;
}

/** What a client sent, as far as a description speaks of it. */
export interface RawRequest {
  path: Record<string, string>;
  query: Record<string, string | string[] | undefined>;
  headers: Record<string, string | string[] | undefined>;
  body: unknown;
  /** Whether the body was held against the description before. */
  isBodyChecked?: boolean | undefined;
}

/** A request after validation: numbers are numbers, lists are lists, defaults are filled in. */
export interface ValidRequest {
  path: Record<string, unknown>;
  query: Record<string, unknown>;
  headers: Readonly<Record<string, unknown>>;
  body: unknown;
}

/** Validates requests and answers against one description. */
export interface Validator {
  request(operation: Operation, raw: RawRequest): { valid: ValidRequest; violations: Violation[] };
  answer(operation: Operation, status: number, body: unknown): Violation[];
  /** Validates any value against a named schema of the description. */
  schema(name: string, value: unknown): Violation[];
  /**
   * The same for what a person wrote. The time to find all that is wrong grows with the square of how much that is, so of a
   * large value only the first violation is given.
   *
   * @param isPart whether members that have to be there may be missing
   */
  input(name: string, value: unknown, options?: { isPart: boolean }): Violation[];
}

/**
 * The validator of a description. There is one for each way of treating unknown fields: compiling a schema takes
 * milliseconds, and what was compiled serves every server of the process.
 *
 * @param unknownFields `refuse` holds objects to their declared keys; `allow` lets a vendor add fields, as a
 *   client must
 */
export function createValidator(
  description: Description,
  { unknownFields }: { unknownFields: 'refuse' | 'allow' },
): Validator {
  let cached = validators.get(description);
  if (!cached) validators.set(description, (cached = new Map()));
  let validator = cached.get(unknownFields);
  if (!validator) cached.set(unknownFields, (validator = compile(description, unknownFields)));
  return validator;
}

const validators = new WeakMap<Description, Map<'refuse' | 'allow', Validator>>();

function compile(description: Description, unknownFields: 'refuse' | 'allow'): Validator {
  const document = unknownFields === 'refuse' ? description.document : withOpenObjects(description.document);
  const createFor = (purpose: Parameters<typeof createAjv>[0]) =>
    createAjv(purpose).addSchema({ ...document, $id: description.name });
  // Each reads through the whole description, so it is made when it is first needed: many a server is never asked.
  const first = once(() => createFor({ parameters: false }));
  const all = once(() => createFor({ parameters: false, all: true }));
  const ofParameters = once(() => createFor({ parameters: true, all: true }));
  const reference = (pointer: string) => ({ $ref: `${description.name}#${pointer}` });

  const schemas = lazily((pointer): Schema => {
    const schema = reference(pointer);
    return { first: first().compile(schema), all: once(() => all().compile(schema)) };
  });
  const parts = lazily((name): Schema => {
    // Only the schema itself lets members be missing; what it refers to stays as it is.
    const { [name]: whole } = (document as { components: { schemas: Record<string, object> } }).components
      .schemas;
    const text = JSON.stringify({ ...whole, required: [] }).replaceAll('"#/', `"${description.name}#/`);
    const schema = JSON.parse(text) as object;
    return { first: first().compile(schema), all: once(() => all().compile(schema)) };
  });
  const parameters = new Map<string, Map<Parameter['in'], Schema>>();

  function compileParameters(operation: Operation): Map<Parameter['in'], Schema> {
    const compiled = new Map<Parameter['in'], Schema>();
    for (const place of ['path', 'query', 'header'] as const) {
      const here = operation.parameters.filter((parameter) => parameter.in === place);
      const validate = ofParameters().compile({
        type: 'object',
        // Defaults are only filled in where the schema itself stands; behind a $ref Ajv ignores them.
        properties: Object.fromEntries(here.map((parameter) => [parameter.name, inline(parameter)])),
        required: here.filter((parameter) => parameter.required).map((parameter) => parameter.name),
      });
      compiled.set(place, { first: validate, all: () => validate });
    }
    return compiled;
  }

  function inline(parameter: Parameter): object {
    return { ...reference(parameter.schemaPointer), ...pick(parameter.schema, 'default') };
  }

  return {
    request(operation, raw) {
      let compiled = parameters.get(operation.id);
      if (!compiled) parameters.set(operation.id, (compiled = compileParameters(operation)));
      const valid: ValidRequest = {
        path: readPath(operation, raw.path),
        query: readQuery(operation, raw.query),
        headers: raw.headers,
        body: raw.body,
      };
      const violations = run(compiled.get('path'), valid.path, 'path');
      violations.push(...run(compiled.get('query'), valid.query, 'query'));
      if (raw.isBodyChecked === true) return { valid, violations };
      if (operation.body?.contentType === 'application/json') {
        if (raw.body !== undefined || operation.body.required) {
          // Nothing is an empty object, as Gem's framework reads it; `null` is something that was sent.
          const body = (valid.body = raw.body === undefined ? {} : raw.body);
          violations.push(...run(schemas(operation.body.schemaPointer), body, 'json', firstOfLarge));
        }
      } else if (operation.body) {
        const form = run(schemas(operation.body.schemaPointer), raw.body ?? {}, 'form', firstOfLarge);
        const { files } = operation.body;
        for (const violation of form) {
          violations.push(
            files.has(violation.path[0] ?? '') ? { ...violation, location: 'files' } : violation,
          );
        }
      }
      return { valid, violations };
    },
    answer(operation, status, body) {
      if (!operation.answers.has(status)) {
        return [
          {
            location: 'answer',
            path: [],
            keyword: 'status',
            params: { status },
            schema: {},
            value: body,
            message: `${operation.id} does not declare status ${status}`,
          },
        ];
      }
      const pointer = operation.answers.get(status);
      return pointer ? run(schemas(pointer), body, 'answer') : [];
    },
    schema(name, value) {
      return run(schemas(`/components/schemas/${name}`), value, 'answer');
    },
    input(name, value, { isPart } = { isPart: false }) {
      const schema = isPart ? parts(name) : schemas(`/components/schemas/${name}`);
      return run(schema, value, 'answer', { ofLarge: 'first' });
    },
  };
}

/** A schema, compiled to look for the first violation and, once there is one, for all. */
interface Schema {
  first: ValidateFunction;
  all: () => ValidateFunction;
}

/**
 * @param parameters whether it is for parameters, whose defaults are filled in
 * @param all whether it looks for more than the first violation
 */
function createAjv({ parameters, all = false }: { parameters: boolean; all?: boolean }): Ajv2020 {
  const ajv = new Ajv2020({
    strict: false,
    // The schemas are our own and were held against their meta-schema when types were made of them.
    validateSchema: false,
    allErrors: all,
    // What it would save of the code that it makes, V8 saves as well; making it takes a third less time.
    code: { optimize: false },
    verbose: true,
    validateFormats: true,
    useDefaults: parameters,
  });
  addFormats(ajv, { parameters });
  return ajv;
}

function lazily<Value>(make: (key: string) => Value): (key: string) => Value {
  const cached = new Map<string, Value>();
  return (key) => {
    let value = cached.get(key);
    if (value === undefined) cached.set(key, (value = make(key)));
    return value;
  };
}

function once<Value>(make: () => Value): () => Value {
  const get = lazily(make);
  return () => get('');
}

function run(
  schema: Schema | undefined,
  value: unknown,
  location: Violation['location'],
  { ofLarge }: { ofLarge: 'first' | 'all' } = { ofLarge: 'all' },
): Violation[] {
  if (!schema || schema.first(value)) return [];
  let { errors } = schema.first;
  if (ofLarge === 'all' || !isLarge(value)) {
    const validate = schema.all();
    validate(value);
    ({ errors } = validate);
  }
  // More of them are not read.
  return (errors ?? []).slice(0, maxViolations).map((error) => toViolation(error, location));
}

const firstOfLarge = { ofLarge: 'first' } as const;

/** Violations of one part of a request that are given. */
const maxViolations = 1000;

/** Whether a value has more members and items, in all of its depth, than a person would look through. */
export function isLarge(value: unknown): boolean {
  const waiting = [value];
  for (let passed = 0; waiting.length > 0; passed += 1) {
    if (passed + waiting.length > largest) return true;
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null) continue;
    const inside: unknown[] = Array.isArray(next) ? next : Object.values(next);
    if (inside.length > largest) return true;
    waiting.push(...inside);
  }
  return false;
}

const largest = 2000;

function toViolation(error: ErrorObject, location: Violation['location']): Violation {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const params = error.params as Record<string, unknown>;
  if (error.keyword === 'required') path.push(String(params['missingProperty']));
  if (error.keyword === 'additionalProperties') path.push(String(params['additionalProperty']));
  return {
    location,
    path,
    keyword: error.keyword,
    params,
    schema: (error.parentSchema ?? {}) as Record<string, unknown>,
    value: error.keyword === 'required' ? undefined : error.data,
    message: error.message ?? 'is not valid',
  };
}

/** Unknown parameters stay out; a list may be repeated or come as one comma-separated value. */
function readQuery(
  operation: Operation,
  query: Record<string, string | string[] | undefined>,
): Record<string, unknown> {
  const read: Record<string, unknown> = {};
  for (const parameter of operation.parameters) {
    const value = parameter.in === 'query' ? query[parameter.name] : undefined;
    if (value === undefined) continue;
    const values = Array.isArray(value) ? value : [value];
    read[parameter.name] = parameter.isList
      ? values.flatMap((part) => part.split(',')).filter((part) => part !== '')
      : readText(parameter, values[0] ?? '');
  }
  return read;
}

function readPath(operation: Operation, path: RawRequest['path']): Record<string, unknown> {
  const read: Record<string, unknown> = { ...path };
  for (const parameter of operation.parameters) {
    if (parameter.in === 'path') read[parameter.name] = readText(parameter, path[parameter.name] ?? '');
  }
  return read;
}

/** The value that a text stands for; the text itself where it stands for none of the parameter's type. */
function readText({ schema }: Parameter, text: string): unknown {
  const type: unknown = Reflect.get(schema, 'type');
  // As Python's `int`: digits, perhaps with a sign, blanks around them and a line between two of them.
  if (type === 'integer') return /^\s*[+-]?\d+(_\d+)*\s*$/.test(text) ? readDigits(text) : text;
  if (type === 'number') return /^[+-]?(\d+\.?|\d*\.\d+)(e[+-]?\d+)?$/i.test(text) ? readDigits(text) : text;
  if (type === 'boolean') return text === 'true' || (text === 'false' ? false : text);
  return text;
}

/** However many digits there are, it is a number. */
function readDigits(text: string): number {
  const number = Number(text.replaceAll('_', ''));
  return Math.min(Math.max(number, -Number.MAX_VALUE), Number.MAX_VALUE);
}

function pick(schema: object, key: string): object {
  const value = (schema as Record<string, unknown>)[key];
  return value === undefined ? {} : { [key]: value };
}

function withOpenObjects(document: object): object {
  return JSON.parse(
    JSON.stringify(document, (key, value: unknown) =>
      key === 'additionalProperties' && value === false ? undefined : value,
    ),
  ) as object;
}
