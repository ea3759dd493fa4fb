import { describe, expect } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import { Slots } from '../../../mock-server/store/slots.ts';

/** A value is put at any position up to the first free one; before that, the slots may be forked, or all be renewed. */
const step = fc.record({
  first: fc.constantFrom('fork', 'renew', 'nothing'),
  which: fc.nat(),
  position: fc.nat(),
  value: fc.nat(),
});
const renew = (value: number) => Math.floor(value) + 0.5;

describe('slots', () => {
  // Enough values to begin with for several chunks.
  test.prop([fc.nat({ max: 1600 }), fc.array(step, { maxLength: 40 })], { numRuns: 50 })(
    'and their forks hold what arrays hold, and tell where they differ',
    (length, steps) => {
      const initial = Array.from({ length }, (_, index) => index);
      const pairs = [{ slots: new Slots<number>(renew), model: [...initial] }];
      for (const value of initial) pairs[0]?.slots.set(value, value);
      for (const { first, which, position, value } of steps) {
        const pair = pairs[which % pairs.length];
        if (!pair) continue;
        if (first === 'fork') pairs.push({ slots: pair.slots.fork(), model: [...pair.model] });
        if (first === 'renew') {
          pair.slots.renewAll();
          pair.model = pair.model.map(renew);
        }
        const at = position % (pair.model.length + 1);
        pair.slots.set(at, value);
        pair.model[at] = value;
      }
      for (const { slots, model } of pairs) {
        expect(slots.length).toBe(model.length);
        expect(model.map((_, position) => slots.at(position))).toEqual(model);
        expect(slots.at(model.length)).toBeUndefined();
      }
      // What waits to be renewed has been by now.
      for (const { slots, model } of pairs) {
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
