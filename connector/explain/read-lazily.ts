import { isObject, type Reader } from '../models/forms.ts';

/**
 * Reads a value into a form as its reader does, but each field only when somebody asks for it, and each time anew. The usual
 * way is several times as fast; this one shows what a value is made of.
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
