import { describe, expect } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import { SortedList } from '../../../mock-server/store/sorted-list.ts';

// Enough numbers to fill several chunks and to empty some again. Hundreds of them share each value.
const numbers = fc.uniqueArray(fc.nat({ max: 20_000 }), { maxLength: 3000, size: 'max' });

describe('a sorted list of any length', () => {
  test.prop([numbers, numbers, fc.nat({ max: 99 }), fc.nat({ max: 3000 }), fc.nat({ max: 700 })], {
    numRuns: 30,
  })('and its fork hold what sorted arrays hold', (initial, toggled, bound, from, length) => {
    const sorted = initial.toSorted(byValue);
    const list = new SortedList(compare, sorted.map(toValue), sorted);
    const fork = list.fork(compare);
    const model = new Set(initial);
    for (const number of toggled) {
      if (model.delete(number)) {
        fork.remove(toValue(number), number);
      } else {
        model.add(number);
        fork.add(toValue(number), number);
      }
      // What it remembers of where its places lie is not to outlive a change.
      if (number % 50 === 0) expect(fork.count((value) => value <= '99')).toBe(model.size);
    }
    for (const [actual, expected] of [
      [list, sorted],
      [fork, [...model].toSorted(byValue)],
    ] as const) {
      expect(actual.length).toBe(expected.length);
      expect(actual.slice(0, Infinity)).toEqual(expected);
      expect(actual.slice(from, from + length)).toEqual(expected.slice(from, from + length));
      const least = String(bound).padStart(2, '0');
      const before = expected.filter((one) => toValue(one) < least);
      expect(actual.count((value) => value < least)).toBe(before.length);
    }
  });

  test.prop([numbers], { numRuns: 30 })('grows in order and is emptied again', (given) => {
    const list = new SortedList(compare);
    for (const number of given.toSorted(byValue)) list.add(toValue(number), number);
    expect(list.slice(0, Infinity)).toEqual(given.toSorted(byValue));
    for (const number of given) list.remove(toValue(number), number);
    for (const number of given) list.remove(toValue(number), number);
    expect([list.length, list.slice(0, 10)]).toEqual([0, []]);
  });
});

/** The value of a number: its last two digits. */
function toValue(number: number): string {
  return String(number % 100).padStart(2, '0');
}

/** Those with the same value come the larger first, so that the list cannot do without the comparison. */
function compare(one: number, other: number): number {
  return other - one;
}

function byValue(one: number, other: number): number {
  if (toValue(one) !== toValue(other)) return toValue(one) < toValue(other) ? -1 : 1;
  return compare(one, other);
}
