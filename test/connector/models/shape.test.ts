// A record without its values.
import { expect, test } from 'vitest';
import { shapeOf } from '../../../connector/models/shape.ts';

test.each([
  ['Jane Doe', 'string'],
  ['', 'empty string'],
  [' ', 'blank string'],
  ['12.5', 'string with a number'],
  ['2026-03-01T09:30:00.000Z', 'date-time'],
  ['2026-02-30T09:30:00.000Z', 'string'],
  ['jane@example.com', 'email'],
  ['https://example.com/jane', 'uri'],
  [12, 'integer'],
  [1.5, 'number'],
  [true, 'boolean'],
  [null, 'null'],
])('of %j it says %s', (value, shape) => {
  expect(shapeOf(value)).toBe(shape);
});

test('fields keep their names, but for one that may be of a person, and lists their different shapes', () => {
  const record = {
    id: 7,
    emails: [{ value: 'a@b.c' }, { value: 'd@e.f' }, { value: null }],
    'Jane Doe': true,
    none: [],
  };
  expect(shapeOf(record)).toEqual({
    id: 'integer',
    emails: [{ value: 'email' }, { value: 'null' }],
    '?': 'boolean',
    none: [],
  });
});

test('it ends, however deep and wide a record is', () => {
  let deep: unknown = 'Jane';
  for (let depth = 0; depth < 5000; depth += 1) deep = [deep];
  expect(JSON.stringify(shapeOf(deep))).toContain('…');
  const wide = Object.fromEntries(Array.from({ length: 5000 }, (_, number) => [`f${number}`, 1]));
  expect(Object.keys(shapeOf(wide))).toHaveLength(200);
});
