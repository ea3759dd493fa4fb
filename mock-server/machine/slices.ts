// Work that takes long is written as steps. They are taken at once, or a moment at a time with turns for other requests between.
import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { stopwatch } from './time.ts';

/** Some work, step by step, and what comes of it. */
export type Steps<Result> = Generator<undefined, Result>;

/**
 * Lets all requests that wait have their turns. The global `setImmediate` is not used: a test may have replaced it.
 */
export async function breathe(): Promise<void> {
  let seen = 0;
  for (let turn = 0; turn < maxTurns; turn += 1) {
    await setImmediate();
    const { events } = loop.uvMetricsInfo;
    if (turn >= minTurns && events === seen) return;
    seen = events;
  }
}

const loop = performance.nodeTiming;

/** Turns of the event loop. A request is answered after a few; without work they take no time. */
const minTurns = 8;

/** Each turn takes in one connection: where one comes with every turn, the work has to go on all the same. */
const maxTurns = 100;

/** Milliseconds of work at a time: too short to be noticed. */
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
