import { expect, test } from 'vitest';
import { readAhead } from '../../../connector/sync/read-listing.ts';

test('the next item is fetched while its predecessor is worked on, and no further one', async () => {
  const fetched: number[] = [];
  for await (const item of readAhead(count(fetched))) {
    await settled();
    expect(fetched.at(-1)).toBe(Math.min(item + 1, 3));
  }
  expect(fetched).toEqual([1, 2, 3]);
});

test('what goes wrong with an item is told after the item before it was worked on', async () => {
  const worked: number[] = [];
  const reading = async () => {
    for await (const item of readAhead(failAfter(2))) {
      await settled();
      worked.push(item);
    }
  };
  await expect(reading()).rejects.toThrow('no more');
  expect(worked).toEqual([1, 2]);
});

test('of an item that nobody asks for any more, no failure is told, and nothing is waited for', async () => {
  const items: number[] = [];
  for (const source of [failAfter(1), hangAfter(1)]) {
    for await (const item of readAhead(source)) {
      items.push(item);
      break;
    }
  }
  await settled();
  expect(items).toEqual([1, 1]);
});

async function* count(fetched: number[]): AsyncGenerator<number, void> {
  for (const item of [1, 2, 3]) {
    fetched.push(item);
    yield item;
  }
}

async function* failAfter(last: number): AsyncGenerator<number, void> {
  for (let item = 1; item <= last; item += 1) yield item;
  throw new Error('no more');
}

async function* hangAfter(last: number): AsyncGenerator<number, void> {
  for (let item = 1; item <= last; item += 1) yield item;
  await new Promise(() => {});
}

/** Resolves once all that can happen without waiting has happened. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
