// Work that takes long is written down as steps: whoever has the time takes them at once, and whoever does not lets others
// have their turn in between.
import { setImmediate } from 'node:timers/promises';
import { stopwatch } from './time.ts';

/** Some work, step by step, and what comes of it. */
export type Steps<Result> = Generator<undefined, Result>;

/** Lets whoever waits have a turn. A test may replace the global `setImmediate`, so it is another one that gives it. */
export async function breathe(): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) {
    await setImmediate();
  }
}

/** Turns of the event loop. Each takes in one connection, and a request is answered after a few; without work they take no time. */
const turns = 8;

/** Milliseconds of work at a time: nobody notices them. */
const slice = 10;

/** Does some work step by step, and lets others have a turn whenever a slice of time is over. */
export async function inSlices<Result>(steps: Iterator<unknown, Result>): Promise<Result> {
  let started = stopwatch();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (stopwatch() - started < slice) continue;
    await breathe();
    started = stopwatch();
  }
}

/** Does some work at once. */
export function atOnce<Result>(steps: Iterator<unknown, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Gives what steps give, with a turn for others whenever a slice of time is over. */
export async function* givenInSlices<Item>(steps: Iterable<Item>): AsyncGenerator<Item, void> {
  let started = stopwatch();
  for (const item of steps) {
    yield item;
    if (stopwatch() - started < slice) continue;
    await breathe();
    started = stopwatch();
  }
}
