import { describe, expect } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import { Serialised, type Part } from '../../../contracts/server/serialised.ts';
import { Slabs } from '../../../mock-server/store/slabs.ts';

// Now and then a text that is larger than a slab, and enough texts to fill several.
const value = fc.oneof(
  { weight: 20, arbitrary: fc.string({ unit: 'binary', maxLength: 3000 }) },
  { weight: 1, arbitrary: fc.constant('ä'.repeat(20_000)) },
);

const item = fc.record({
  value,
  isPassing: fc.boolean(),
  cuts: fc.array(fc.nat(), { maxLength: 2 }),
});

/** In which order the kept texts are put into a page: some of them often, some never. */
const order = fc.array(fc.nat(), { maxLength: 120, size: 'max' });

describe('kept texts', () => {
  test.prop([fc.array(item, { minLength: 1, maxLength: 60, size: 'max' }), order], { numRuns: 50 })(
    'make a page of just these values, in whatever order, however they were kept',
    (items, picks) => {
      const slabs = new Slabs();
      const kept = items.map(({ value, isPassing, cuts }) => ({
        value,
        serialised: new Serialised<string>(slabs.save(toPieces(JSON.stringify(value), cuts), isPassing)),
      }));
      expectPage(kept);
      expectPage(picks.flatMap((pick) => kept[pick % kept.length] ?? []));
      const alone = items.map(({ value }) => ({
        value,
        serialised: new Serialised<string>(Buffer.from(JSON.stringify(value))),
      }));
      expectPage(kept.flatMap((one, index) => [one, alone[index] ?? one]));
    },
  );

  test.prop([fc.array(fc.string({ maxLength: 300 }), { minLength: 100, maxLength: 100 })], { numRuns: 10 })(
    'lie one behind the other in few buffers',
    (values) => {
      const slabs = new Slabs();
      const parts: Part[] = values.flatMap((one) => slabs.save([JSON.stringify(one)], false));
      expect(new Set(parts.map(({ bytes }) => bytes)).size).toBeLessThan(5);
      for (const { bytes, start } of parts) expect(bytes[start - 1]).toBe(','.charCodeAt(0));
    },
  );
});

function expectPage(page: readonly { value: string; serialised: Serialised<string> }[]): void {
  const array = Serialised.array(page.map(({ serialised }) => serialised));
  const expected = JSON.stringify(page.map(({ value }) => value));
  expect(array.byteLength).toBe(Buffer.byteLength(expected));
  // Compared as one, since a difference in so long a text takes minutes to show.
  expect(array.bytes.toString() === expected).toBe(true);
}

/** Cuts a text where it does not part the two halves of a character. */
function toPieces(text: string, cuts: readonly number[]): string[] {
  const characters = [...text];
  const places = cuts.map((cut) => cut % (characters.length + 1)).toSorted((one, other) => one - other);
  const ends = [...places, characters.length];
  return ends.map((end, index) => characters.slice(ends[index - 1] ?? 0, end).join(''));
}
