import { toInstant } from './moment.ts';

// Readers that bring any JSON value into a form. What is missing, null or of no use is undefined, and spoils nothing else.

/** Reads a value into a form; undefined when that is not possible. */
export interface Reader<Value> {
  (value: unknown): Value;
  /** What it is made of, for those who read one field at a time (`explain/noted.ts`); a plain value has none. */
  form?: Form;
}

/** What a reader of more than a plain value is made of. */
export type Form =
  | { kind: 'object'; fields: FieldReaders; needed: readonly string[] }
  | { kind: 'list'; item: Reader<unknown> }
  | { kind: 'object-or-text'; object: Reader<unknown>; field: string };

/** A text. A number stands for its digits. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return Number.isFinite(value) ? String(value) : digitsOf(value);
}

/** A text that names a record, and so is not empty. */
export function identifier(value: unknown): string | undefined {
  return text(value) || undefined;
}

/** One word of a list of words, known or not. */
export function word(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** Yes or no. */
export function flag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** A whole number that PostgreSQL's `integer` holds, also as a text. */
export function integer(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  const isHeld = Number.isInteger(number) && Math.abs(Number(number)) < 2 ** 31;
  return isHeld ? Number(number) : undefined;
}

/** A moment, in UTC with milliseconds and `Z`. */
export function moment(value: unknown): string | undefined {
  return toInstant(value) ?? undefined;
}

/**
 * When a record was deleted: null when it is not, undefined when that cannot be told, so that garbage neither deletes a
 * record nor brings it back.
 */
export function deletion(value: unknown): string | null | undefined {
  return value === undefined || value === null || value === '' ? null : moment(value);
}

/** Whether a record says that it was deleted; what cannot be read says nothing. */
export function isDeleted(record: unknown): boolean {
  return isObject(record) && typeof deletion(record['deleted_at']) === 'string';
}

/** What is read of an object, and the object as it came. */
export type ReadOf<Fields extends FieldReaders, Needed extends keyof Fields> = {
  [Name in keyof Fields]: Name extends Needed
    ? Exclude<ReturnType<Fields[Name]>, undefined>
    : ReturnType<Fields[Name]>;
} & { raw: object };

/** A reader for each field of an object. */
export type FieldReaders = Readonly<Record<string, Reader<unknown>>>;

/**
 * An object, of which these fields are read.
 *
 * @param needed fields without which the object is of no use
 */
export function object<Fields extends FieldReaders, Needed extends keyof Fields & string = never>(
  fields: Fields,
  needed: readonly Needed[] = [],
): Reader<ReadOf<Fields, Needed> | undefined> {
  const readers = Object.entries(fields);
  // Objects that have their fields from the beginning are filled several times as fast.
  const empty: Record<string, unknown> = Object.fromEntries(
    Object.keys(fields).map((name) => [name, undefined]),
  );
  const readObject: Reader<ReadOf<Fields, Needed> | undefined> = (value) => {
    if (!isObject(value)) return undefined;
    const read: Record<string, unknown> = { raw: value, ...empty };
    for (const [name, reader] of readers) read[name] = reader(value[name]);
    return isWhole(read) ? read : undefined;
  };
  readObject.form = { kind: 'object', fields, needed };
  return readObject;

  function isWhole(read: Readonly<Record<string, unknown>>): read is ReadOf<Fields, Needed> {
    return needed.every((name) => read[name] !== undefined);
  }
}

/** A list without the elements that are of no use; empty when it is none. */
export function list<Item>(item: Reader<Item | undefined>): Reader<Item[]> {
  const readList: Reader<Item[]> = (value) => {
    if (!Array.isArray(value)) return [];
    const items: Item[] = [];
    for (const element of value) {
      const read = item(element);
      if (read !== undefined) items.push(read);
    }
    return items;
  };
  readList.form = { kind: 'list', item };
  return readList;
}

/** An object, or a text that stands for one of its fields. */
export function objectOr<Value>(form: Reader<Value | undefined>, field: string): Reader<Value | undefined> {
  const readEither: Reader<Value | undefined> = (value) =>
    form(word(value) === undefined ? value : { [field]: value });
  readEither.form = { kind: 'object-or-text', object: form, field };
  return readEither;
}

/** The values of the team's own fields, whatever they are, by name; none when there are no such fields. */
export function ownFields(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}

/** A number with more digits than JavaScript can tell keeps them as they came. */
function digitsOf(value: unknown): string | undefined {
  return JSON.isRawJSON(value) ? value.rawJSON : undefined;
}

/** Whether a value is an object of JSON. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !JSON.isRawJSON(value);
}

// What the columns of a row may hold.

/** PostgreSQL types that a column may have. */
export type ColumnType = 'text' | 'boolean' | 'integer' | 'jsonb' | 'timestamptz';

/** What a column of a type holds, as the mapping writes it; a moment is in UTC with milliseconds and `Z`. */
export type ValueOf<Type extends ColumnType> = Type extends 'boolean'
  ? boolean
  : Type extends 'integer'
    ? number
    : Type extends 'jsonb'
      ? unknown
      : string;
