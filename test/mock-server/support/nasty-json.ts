// JSON with something in it that whoever reads it did not think of.
import { fc } from '@fast-check/vitest';

/** Values as JSON text, also such as no program would write: too deep, too long, too large. */
const small = [
  'null',
  'true',
  '0',
  '-1',
  '1.5',
  '1e400',
  '-1e400',
  '9007199254740993',
  '9'.repeat(400),
  '""',
  '"\\ud83d"',
  '"\\u0000"',
  '"__proto__"',
  '"${number}"',
  '"9999-12-31T23:59:59.999-12:00"',
  '"0000-01-01T00:00:00+14:00"',
  '"2026-02-30T25:61:61Z"',
  '"900 years"',
  '[]',
  '{}',
  '[[],[[]],{}]',
  '{"__proto__":1}',
  '{"valueOf":1,"toString":null,"constructor":[]}',
  '{"":{"":1}}',
];
const large = [
  nested('[', ']', 900),
  nested('{"a":', '1}', 900, ''),
  nested('[', ']', 30_000),
  nested('{"a":', '}', 30_000, '1'),
  JSON.stringify('x'.repeat(100_000)),
  JSON.stringify(' '.repeat(100_000)),
  `[${'{},'.repeat(4000)}{}]`,
  `[${'1,'.repeat(40_000)}1]`,
  `{${Array.from({ length: 4000 }, (_, index) => `"k${index}":1`).join(',')}}`,
];

function nested(open: string, close: string, depth: number, inside = ''): string {
  return open.repeat(depth) + inside + close.repeat(depth);
}

const nastyText = fc.oneof(
  { weight: 60, arbitrary: fc.constantFrom(...small) },
  { weight: 1, arbitrary: fc.constantFrom(...large) },
);

/** The JSON of a value, sometimes with others in place of some of its parts. */
export function nastyJson(value: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const change = fc.tuple(fc.nat(), fc.constantFrom('value', 'name', 'none'), nastyText);
  return fc
    .tuple(
      value,
      fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        { weight: 2, arbitrary: fc.array(change, { minLength: 1, maxLength: 3 }) },
      ),
    )
    .map(([whole, changes]) => changes.reduce((text, change_) => changed(text, change_), textOf(whole)));
}

/** JSON itself: half a surrogate is written as an escape. */
function textOf(value: unknown): string {
  return JSON.stringify(value) ?? 'null';
}

/** Puts a text in place of one of the values, or of the names, that stand in some JSON; or leaves one of them out. */
function changed(json: string, [at, what, put]: [number, 'value' | 'name' | 'none', string]): string {
  const places = [
    ...json
      .slice(0, longestChanged)
      .matchAll(/"(?:[^"\\]|\\.)*"(:?)|-?\d[\d.e+-]*|true|false|null|\[\]|\{\}/g),
  ].filter(([, colon]) => (colon === ':') === (what === 'name'));
  const place = places[at % Math.max(places.length, 1)];
  if (!place) return put;
  const [found] = place;
  const instead =
    what === 'none' ? 'null' : what === 'name' ? `${put.startsWith('"') ? put : '"__proto__"'}:` : put;
  return json.slice(0, place.index) + instead + json.slice(place.index + found.length);
}

/** Letters; what stands behind them stays as it is. */
const longestChanged = 200_000;
