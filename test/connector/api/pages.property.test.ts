import { expect } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import { readSlices } from '../../../connector/api/lists/page.ts';

const lengths = fc.array(fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constantFrom(90, 100, 101, 500)), {
  maxLength: 120,
});

test.prop([lengths, fc.integer({ min: 1, max: 60 })])(
  'pages of at most so many characters show every row once and in order, however long each is',
  async (given, size) => {
    const table = given.map((length, index) => ({ number: `${index + 1}`, json: 'x'.repeat(length) }));
    const asked: number[] = [];
    const readBehind = (last: string, limit: number) => {
      asked.push(limit);
      return Promise.resolve(table.slice(Number(last), Number(last) + limit));
    };
    const seen: string[] = [];
    let [after, isOver] = ['0', false];
    while (!isOver) {
      const { rows, isLast } = await readSlices(readBehind, after, size, 100);
      expect(rows.length).toBeLessThanOrEqual(size);
      const length = rows.reduce((sum, { json }) => sum + json.length, 0);
      expect(rows.length < 2 || length <= 100).toBe(true);
      // A page that is not the last goes on somewhere.
      expect(isLast || rows.length > 0).toBe(true);
      seen.push(...rows.map(({ number }) => number));
      [after, isOver] = [rows.at(-1)?.number ?? after, isLast];
    }
    expect(seen).toEqual(table.map(({ number }) => number));
    expect(Math.max(...asked)).toBeLessThanOrEqual(size + 1);
  },
);

test('a page takes what just fits, and asks for no more than that after its first twenty rows', async () => {
  const read = async (lengths: readonly number[], size: number, largest: number) => {
    const table = lengths.map((length, index) => ({ number: `${index + 1}`, json: 'x'.repeat(length) }));
    const asked: [string, number][] = [];
    const readBehind = (last: string, limit: number) => {
      asked.push([last, limit]);
      return Promise.resolve(table.slice(Number(last), Number(last) + limit));
    };
    const { rows, isLast } = await readSlices(readBehind, '0', size, largest);
    return { shown: rows.map(({ number }) => Number(number)), isLast, asked };
  };
  const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
  expect(await read([50, 50], 10, 100)).toEqual({ shown: [1, 2], isLast: true, asked: [['0', 11]] });
  expect(await read([50, 51], 10, 100)).toEqual({ shown: [1], isLast: false, asked: [['0', 11]] });
  const even = Array.from({ length: 90 }, () => 10);
  const whole = { shown: upTo(90), isLast: true };
  // 800 characters are left for rows of ten.
  expect(await read(even, 250, 1000)).toEqual({
    ...whole,
    asked: [
      ['0', 21],
      ['20', 81],
    ],
  });
  expect((await read(even, 250, 209)).shown).toEqual(upTo(20));
  expect((await read(even, 20, 1000)).asked).toEqual([['0', 21]]);
});
