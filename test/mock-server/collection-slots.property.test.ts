import { describe, expect } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import { Slots } from '../../mock-server/store/slots.ts';

/** A value is put at any position up to the first free one, or the slots are forked. */
const step = fc.record({ isFork: fc.boolean(), which: fc.nat(), position: fc.nat(), value: fc.nat() });

describe('slots', () => {
  // Enough values to begin with for several chunks.
  test.prop([fc.nat({ max: 1600 }), fc.array(step, { maxLength: 40 })], { numRuns: 50 })(
    'and their forks hold what arrays hold, and tell where they differ',
    (length, steps) => {
      const initial = Array.from({ length }, (_, index) => index);
      const pairs = [{ slots: new Slots<number>(), model: [...initial] }];
      for (const value of initial) pairs[0]?.slots.set(value, value);
      for (const { isFork, which, position, value } of steps) {
        const pair = pairs[which % pairs.length];
        if (!pair) continue;
        if (isFork) pairs.push({ slots: pair.slots.fork(), model: [...pair.model] });
        const at = position % (pair.model.length + 1);
        pair.slots.set(at, value);
        pair.model[at] = value;
      }
      for (const { slots, model } of pairs) {
        expect(slots.length).toBe(model.length);
        expect(model.map((_, position) => slots.at(position))).toEqual(model);
        expect(slots.at(model.length)).toBeUndefined();
        for (const other of pairs) {
          const differing = model.filter((value, position) => value !== other.model[position]);
          expect(slots.differing(other.slots)).toEqual(differing);
        }
      }
    },
  );

  test('leave no position out', () => {
    expect(() => new Slots().set(1, 'second')).toThrow(RangeError);
  });
});
