// Walks the schemas of records, so that code learns from the description which fields hold ids or times.
import { controlDescription } from '../contracts/control.ts';
import { resourceNames, type ResourceName } from './records.ts';

/** A JSON Schema, as far as the descriptions use it. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  enum?: unknown[];
  minimum?: number;
  const?: unknown;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  oneOf?: Schema[];
  'x-resource'?: ResourceName;
  'x-refers-to'?: ResourceName;
}

// A description's document is any JSON; that its schemas are schemas was checked when it was generated.
const { schemas } = (controlDescription.document as { components: { schemas: Record<string, Schema> } })
  .components;

const schemaNames = new Map<ResourceName, string>();
for (const [name, schema] of Object.entries(schemas)) {
  if (schema['x-resource']) schemaNames.set(schema['x-resource'], name);
}

/** What the schema of a resource's records is called in the control API's description. */
export function recordSchemaName(name: ResourceName): string {
  const found = schemaNames.get(name);
  if (found === undefined) throw new Error(`no schema describes the records of ${name}`);
  return found;
}

/** A schema of the control API's description, by its name. */
export function namedSchema(name: string): Schema {
  const schema = schemas[name];
  if (!schema) throw new Error(`the control API describes no ${name}`);
  return schema;
}

/** The schema of a resource's records. */
export function recordSchema(name: ResourceName): Schema {
  return namedSchema(recordSchemaName(name));
}

/** The schema itself, or the one that it refers to. */
export function follow(schema: Schema): Schema {
  return schema.$ref === undefined ? schema : follow(namedSchema(schema.$ref.split('/').at(-1) ?? ''));
}

/** A member that an object has of itself, and not from the language. */
export function ownMember<Value>(object: Record<string, Value> | undefined, key: string): Value | undefined {
  return object && Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Whether a word is the name of a resource. */
export function isResourceName(word: string): word is ResourceName {
  return resourceNames.some((name) => name === word);
}

/**
 * A copy of a value in which every text may be another one. `change` is told the schema of each text (that of the list
 * for the texts of a list of ids) and where it stands. What does not fit its schema is left as it is.
 */
export function mapTexts(
  schema: Schema,
  value: unknown,
  change: (text: string, schema: Schema, path: (string | number)[]) => unknown,
  path: (string | number)[] = [],
): unknown {
  const here = follow(schema);
  if (typeof value === 'string') return change(value, here, path);
  if (Array.isArray(value)) {
    const target = here['x-refers-to'];
    const items: Schema = { ...here.items, ...(target && { 'x-refers-to': target }) };
    return value.map((item: unknown, index) => mapTexts(items, item, change, [...path, index]));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]: [string, unknown]) => {
      const known = ownMember(here.properties, key);
      return [key, known ? mapTexts(known, item, change, [...path, key]) : item];
    }),
  );
}
