// Work that takes long lets others have their turn now and then. A test may replace the global `setImmediate`, so it is
// another one that gives them.
import { setImmediate } from 'node:timers/promises';
import { stopwatch } from './machine-time.ts';

/** Lets whoever waits have a turn. */
export function breathe(): Promise<void> {
  return setImmediate();
}

/** Milliseconds of work at a time: nobody notices them. */
const slice = 15;

/** Does some work step by step, and lets others have a turn whenever a slice of time is over. */
export async function inSlices(steps: Iterator<unknown>): Promise<void> {
  let started = stopwatch();
  for (let step = steps.next(); step.done !== true; step = steps.next()) {
    if (stopwatch() - started < slice) continue;
    await breathe();
    started = stopwatch();
  }
}
