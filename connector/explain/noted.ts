// A record of Gem that notes what is read of it, and readers that read no more than somebody asks for.
import { isObject, type Reader } from '../models/forms.ts';

/** A place in a record: the names and numbers that lead there. */
export type Place = readonly (string | number)[];

/**
 * What was looked at in a place: the `value` there, which may be none; of a list or an object only its `form`, that it is one; which
 * `entries` it has; or `everything` in it.
 */
export type Reading = 'value' | 'form' | 'entries' | 'everything';

/** Is told what is read. */
export type Note = (place: Place, reading: Reading) => void;

/** @returns the same value for who reads it; lists and objects in it tell what is read of them */
export function noted<Value>(value: Value, place: Place, note: Note): Value {
  return isContainer(value) ? watch(value, place, note) : value;
}

/** Takes the watching away from a value that was made of a record. What it holds of the record is noted as read whole. */
export function unwatched(value: unknown): unknown {
  if (!isContainer(value)) return value;
  const watched = watching.get(value);
  if (watched) {
    watched.note(watched.place, 'everything');
    return watched.target;
  }
  if (Array.isArray(value)) return value.map(unwatched);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unwatched(inner)]));
}

/** What each watched value stands for. */
const watching = new WeakMap<object, { target: object; place: Place; note: Note }>();

function watch<Target extends object>(target: Target, place: Place, note: Note): Target {
  const isList = Array.isArray(target);
  const look = (key: string | symbol): unknown => {
    const found: unknown = Reflect.get(target, key);
    if (typeof key === 'symbol') return found;
    if (!Object.hasOwn(target, key)) {
      // Behind the end of a list there is nothing because the list has no more entries. Other names are methods.
      if (!isList) note([...place, key], 'value');
      else if (isIndex(key)) note(place, 'entries');
      return isList && !isIndex(key) ? found : undefined;
    }
    if (isList && key === 'length') {
      note(place, 'entries');
      return found;
    }
    const inner = [...place, isList ? Number(key) : key];
    note(inner, isContainer(found) ? 'form' : 'value');
    return noted(found, inner, note);
  };
  const watched = new Proxy(target, {
    get: (_target, key) => look(key),
    has: (_target, key) => {
      look(key);
      return Reflect.has(target, key);
    },
    ownKeys: () => {
      note(place, 'entries');
      return Reflect.ownKeys(target);
    },
  });
  watching.set(watched, { target, place, note });
  return watched;
}

/** A list or an object; a number with all its digits is none. */
export function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !JSON.isRawJSON(value);
}

function isIndex(key: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(key);
}

/**
 * Reads a value into a form as its reader does, but each field only when somebody asks for it, and each time anew. The reader
 * itself is several times as fast; this one shows what a value is made of.
 */
export function readLazily(reader: Reader<unknown>, value: unknown): unknown {
  const { form } = reader;
  switch (form?.kind) {
    case 'object':
      return readObject(form.fields, form.needed, value);
    case 'list':
      return Array.isArray(value) ? readList(form.item, value) : [];
    case 'object-or-text':
      // As the reader has it: a word stands for one field of the object.
      return isObject(value) ? readLazily(form.object, value) : reader(value);
    case undefined:
      return reader(value);
  }
}

function readObject(
  fields: Readonly<Record<string, Reader<unknown>>>,
  needed: readonly string[],
  value: unknown,
): object | undefined {
  if (!isObject(value)) return undefined;
  const readers = new Map(Object.entries(fields));
  const field = (name: string, reader: Reader<unknown>) => readLazily(reader, value[name]);
  for (const name of needed) {
    const reader = readers.get(name);
    if (reader && field(name, reader) === undefined) return undefined;
  }
  const read = { raw: value };
  for (const [name, reader] of readers) {
    Object.defineProperty(read, name, { enumerable: true, get: () => field(name, reader) });
  }
  return read;
}

/** A list whose elements are looked at no further than somebody asks. */
function readList(item: Reader<unknown>, value: readonly unknown[]): unknown[] {
  const found: unknown[] = [];
  let next = 0;
  /** Whether there are so many elements that are of use. */
  const reach = (count: number): boolean => {
    while (found.length < count && hasElement(value, next)) {
      const read = readLazily(item, value[next]);
      next += 1;
      if (read !== undefined) found.push(read);
    }
    return found.length >= count;
  };
  return new Proxy(found, {
    get(target, key) {
      if (key === Symbol.iterator) return () => elements();
      const index = indexOf(key);
      reach(index === undefined ? (key === 'length' ? Infinity : 0) : index + 1);
      const value: unknown = Reflect.get(target, key);
      return value;
    },
    has(target, key) {
      const index = indexOf(key);
      if (index !== undefined) reach(index + 1);
      return Reflect.has(target, key);
    },
  });

  function* elements(): Generator<unknown> {
    for (let index = 0; reach(index + 1); index += 1) yield found[index];
  }
}

/** Whether a list goes on: asking for its length says more than that. */
function hasElement(list: readonly unknown[], index: number): boolean {
  return index in list;
}

function indexOf(key: string | symbol): number | undefined {
  return typeof key === 'string' && /^\d+$/.test(key) ? Number(key) : undefined;
}

// A record of Gem that notes what is read of it.
