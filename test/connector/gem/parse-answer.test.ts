import { fc, test as law } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { parseAnswer } from '../../../connector/gem/client.ts';
import { toJson } from '../../../connector/store/storable.ts';

law.prop([fc.jsonValue()])('any value is read as it was written', (value) => {
  const text = JSON.stringify(value);
  expect(parseAnswer(text)).toEqual(JSON.parse(text));
});

law.prop([fc.bigInt(), fc.string(), fc.boolean()])(
  'an integer of any length keeps its digits until it is stored',
  (integer, other, isSpaced) => {
    const text = `[${isSpaced ? ' ' : ''}${integer},${JSON.stringify(other)},{"n":${integer}${isSpaced ? '\n' : ''}}]`;
    expect(toJson(parseAnswer(text))).toBe(
      toJson([0, other, { n: 0 }])
        .replace('[0', `[${integer}`)
        .replace(/0\}\]$/, `${integer}}]`),
    );
  },
);

test.each([
  ['9007199254740993', '9007199254740993'],
  ['-12345678901234567890', '-12345678901234567890'],
  ['0.1234567890123456789', '0.1234567890123456789'],
  // JavaScript can tell these.
  ['0.30000000000000004', '0.30000000000000004'],
  ['9007199254740991', '9007199254740991'],
  ['1.0', '1'],
  ['"9007199254740993"', '"9007199254740993"'],
  // No database holds these.
  ['1e400', 'null'],
  ['9'.repeat(1001), 'null'],
])('%s is stored as %s', (text, expected) => {
  expect(toJson(parseAnswer(`[${text}]`))).toBe(`[${expected}]`);
});

test('what is nested too deep to be stored is cut off, and what stands beside it stays', () => {
  const deep = `${'{"a":['.repeat(5000)}1${']}'.repeat(5000)}`;
  const [cut, beside] = Object(parseAnswer(`[${deep},{"name":"Jane","list":[1]}]`));
  expect(beside).toEqual({ name: 'Jane', list: [1] });
  expect(toJson(cut)).toMatch(/^(\{"a":\[){99}\{"a":null\}(\]\}){99}$/);
});

test.each(['', '{', '[1,', 'no', '[1 2]'])('%j is no JSON, which is said', (text) => {
  expect(() => parseAnswer(text)).toThrow(SyntaxError);
});
