import { describe, expect } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import { SortedList } from '../../mock-server/store/sorted-list.ts';

// Enough numbers to fill several chunks and to empty some again.
const numbers = fc.uniqueArray(fc.nat({ max: 20_000 }), { maxLength: 3000, size: 'max' });

describe('a sorted list of any length', () => {
  test.prop([numbers, numbers, fc.nat({ max: 20_000 }), fc.nat({ max: 3000 }), fc.nat({ max: 700 })], {
    numRuns: 30,
  })('and its fork hold what sorted arrays hold', (initial, toggled, bound, from, length) => {
    const list = new SortedList(compare, initial.toSorted(compare));
    const fork = list.fork();
    const model = new Set(initial);
    for (const number of toggled) {
      if (model.delete(number)) {
        fork.remove(number);
      } else {
        model.add(number);
        fork.add(number);
      }
    }
    for (const [actual, expected] of [
      [list, initial.toSorted(compare)],
      [fork, [...model].toSorted(compare)],
    ] as const) {
      expect(actual.length).toBe(expected.length);
      expect(actual.slice(0, Infinity)).toEqual(expected);
      expect(actual.slice(from, from + length)).toEqual(expected.slice(from, from + length));
      expect(actual.count((number) => number < bound)).toBe(expected.filter((one) => one < bound).length);
    }
  });

  test.prop([numbers], { numRuns: 30 })('grows in order and is emptied again', (given) => {
    const list = new SortedList(compare);
    for (const number of given.toSorted(compare)) list.add(number);
    expect(list.slice(0, Infinity)).toEqual(given.toSorted(compare));
    for (const number of given) list.remove(number);
    for (const number of given) list.remove(number);
    expect([list.length, list.slice(0, 10)]).toEqual([0, []]);
  });
});

function compare(one: number, other: number): number {
  return one - other;
}
