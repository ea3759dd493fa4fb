import { expect } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import { longestText, roomInAll, shorten } from '../../../mock-server/requests/shorten.ts';
import { isDeep } from '../../support/deep.ts';

test.prop([fc.jsonValue({ maxDepth: 5 })])('a small value is kept as it is', (value) => {
  expect(shorten(value)).toBe(value);
});

const long = fc.nat(40).map((thousands) => 'x'.repeat(thousands * 1000));
const large = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium' },
    long,
    fc.array(tie('value'), { maxLength: 60 }),
    fc.dictionary(fc.oneof(fc.string(), long), tie('value'), { maxKeys: 60 }),
  ),
})).value;

test.prop([large], { numRuns: isDeep ? 30 : 10, endOnFailure: true })(
  'nothing that is kept is large, and what was sent stays as it was',
  (value) => {
    const before = JSON.stringify(value);
    // The room is counted in letters, and what goes beyond is one text.
    expect(JSON.stringify(shorten(value)).length).toBeLessThan(2 * roomInAll + longestText);
    expect(JSON.stringify(value)).toBe(before);
  },
);

test('what is long says how long it was; what is large, how much is left out', () => {
  expect(shorten({ content: 'y'.repeat(5000) })).toEqual({
    content: `${'y'.repeat(64)}… (5000 characters)`,
  });
  const list = shorten(Array.from({ length: 100_000 }, () => 0)) as unknown[];
  expect(list.at(-1)).toBe(`… (${100_000 - list.length + 1} more items)`);
});

test('what is deeper than anybody reads ends somewhere', () => {
  let deep: unknown = 'the ground';
  for (let level = 0; level < 100_000; level += 1) deep = [deep];
  expect(JSON.stringify(shorten(deep))).toContain('deeper');
});
