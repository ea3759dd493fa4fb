// Work that takes long lets others have their turn now and then.
import { stopwatch } from './machine-time.ts';

// As it was when this module was loaded: a test may put its own in its place.
const afterOthers = setImmediate;

/** Lets whoever waits have a turn. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => void afterOthers(resolve));
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
