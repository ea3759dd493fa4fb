// A record of Gem that notes what is read of it.

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
