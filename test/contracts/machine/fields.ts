// Every field of every item, nested ones too, read from the unified description: none can be forgotten.
import { listNames, unifiedLists, type ListName } from '../../../contracts/harness/lists.ts';
import { unifiedDescription } from '../../../contracts/unified.ts';

/** One field of the items of a list. */
export interface Field {
  list: ListName;
  /** The way to it from an item; `[]` stands for every entry of a list. */
  path: readonly string[];
  /** What it may hold, such as `string`, `null` or `array`. */
  types: readonly string[];
  /** The words that it may hold, if they are told. */
  words: readonly string[];
}

/** `jobs.hiring_team[].email`. */
export function nameOf({ list, path }: Field): string {
  return `${list}.${path.join('.').replaceAll('.[]', '[]')}`;
}

/** All fields of all lists. */
export const fields: readonly Field[] = listNames.flatMap((list) =>
  fieldsOf(schemas()[unifiedLists[list].schema] ?? {}, []).map((field) => Object.assign(field, { list })),
);

function fieldsOf(schema: Schema, path: readonly string[]): Omit<Field, 'list'>[] {
  const { own, isNullable } = resolve(schema);
  const type = [own.type ?? (own.enum ? 'string' : 'object')].flat();
  const field = {
    path,
    types: isNullable ? [...type, 'null'] : type,
    words: (own.enum ?? []).filter(isText),
  };
  const parts = Object.entries(own.properties ?? {}).flatMap(([name, inner]) =>
    fieldsOf(inner, [...path, name]),
  );
  const entries = own.items ? fieldsOf(own.items, [...path, '[]']) : [];
  // A whole item, and a whole entry, are no fields: the mutants of their list drop and swap them.
  const isField = path.length > 0 && path.at(-1) !== '[]';
  return [...(isField ? [field] : []), ...parts, ...entries];
}

function resolve(schema: Schema): { own: Schema; isNullable: boolean } {
  const name = schema.$ref?.split('/').at(-1);
  if (name !== undefined) return resolve(schemas()[name] ?? {});
  const choice = schema.oneOf?.find(({ type }) => type !== 'null');
  if (!choice) return { own: schema, isNullable: false };
  return { own: resolve(choice).own, isNullable: true };
}

function isText(word: unknown): word is string {
  return typeof word === 'string';
}

interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  properties?: Readonly<Record<string, Schema>>;
  items?: Schema;
  oneOf?: readonly Schema[];
}

function schemas(): Readonly<Record<string, Schema>> {
  // A description's document is any JSON; that its schemas are schemas was checked when it was generated.
  return (unifiedDescription.document as { components: { schemas: Record<string, Schema> } }).components
    .schemas;
}
