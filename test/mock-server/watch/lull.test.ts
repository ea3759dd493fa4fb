// What is looked at is looked at while nothing passes, so that a call does not wait for the one before it to be understood.
import { expect, test } from 'vitest';
import { Lull } from '../../../mock-server/watch/proxy.ts';

/** A lull of five milliseconds in a time that goes on only where somebody waits. */
function lullInTime(onSleep: (lull: Lull, times: number) => void = () => {}) {
  const time = { now: 100, slept: [] as number[] };
  const lull: Lull = new Lull({
    length: 5,
    now: () => time.now,
    sleep: async (milliseconds) => {
      time.slept.push(milliseconds);
      time.now += milliseconds;
      onSleep(lull, time.slept.length);
    },
  });
  return { lull, time };
}

test('it is there where nothing has passed yet, or nothing for a moment', async () => {
  const { lull, time } = lullInTime();
  await lull.comes();
  lull.broken();
  time.now += 5;
  await lull.comes();
  expect(time.slept).toEqual([]);
});

test('after something passed it comes a moment later', async () => {
  const { lull, time } = lullInTime();
  lull.broken();
  time.now += 2;
  await lull.comes();
  expect(time.slept).toEqual([3]);
});

test('as long as more passes it does not come', async () => {
  const { lull, time } = lullInTime((one, times) => {
    if (times < 4) one.broken();
  });
  lull.broken();
  await lull.comes();
  expect(time.slept).toEqual([5, 5, 5, 5]);
});

test('when it is over nobody waits any more, also who waits already', async () => {
  const lull = new Lull({ length: 3_600_000 });
  lull.broken();
  const waits = lull.comes();
  lull.end();
  await waits;
  lull.broken();
  await expect(lull.comes()).resolves.toBeUndefined();
});
