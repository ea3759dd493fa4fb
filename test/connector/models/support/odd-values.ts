import { fc } from '@fast-check/vitest';
import type { Place } from '../../../../connector/explain/noted.ts';
import { withValue } from '../../../../connector/explain/places.ts';

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

export { type Place, withValue };

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
