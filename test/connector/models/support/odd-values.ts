import { fc } from '@fast-check/vitest';

/** Words that every object of JavaScript knows. */
export const inherited = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'];

/** Any value that JSON can say, and what Gem's own numbers become when they have many digits. */
export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    '',
    ' ',
    0,
    -1,
    1.5,
    7,
    1e300,
    true,
    false,
    [],
    {},
    [null],
    [[]],
    '0000-00-00',
  ),
  fc.constantFrom(...inherited),
  fc.constantFrom(...inherited).map((word) => JSON.parse(`{"${word}":1}`) as unknown),
  fc.constant(JSON.rawJSON('12345678901234567890')),
  fc.jsonValue({ maxDepth: 2 }),
);

/** A place in a record: the names and indexes that lead there. */
export type Place = readonly (string | number)[];

/** Every place in a value, but for the value itself. */
export function placesOf(value: unknown, before: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const places: Place[] = [];
  for (const step of Array.isArray(value) ? value.keys() : Object.keys(value)) {
    const place = [...before, step];
    places.push(place, ...placesOf(Reflect.get(value, step), place));
  }
  return places;
}

/** A copy of a value with another one in a place; undefined takes it away. */
export function withValue(value: unknown, [step, ...rest]: Place, put: unknown): unknown {
  if (step === undefined || typeof value !== 'object' || value === null) return put;
  const copy: object = Array.isArray(value) ? [...value] : { ...value };
  const inner = withValue(Reflect.get(value, step), rest, put);
  Object.defineProperty(copy, step, { value: inner, enumerable: true, writable: true, configurable: true });
  // What JSON cannot say is left out of an object; in a list it is null.
  if (inner === undefined && !Array.isArray(copy)) Reflect.deleteProperty(copy, step);
  return copy;
}
