// The machine's own time, as it was when this module was loaded: a test that fakes timers in the emulator's process means
// its own code, and a world has a clock of its own to move.
import type { Clock } from '../contracts/clock.ts';

const { now } = Date;
const elapsed = performance.now.bind(performance);

/** The machine's clock, whatever becomes of `Date`. */
export const machineClock: Clock = { now: () => now() };

/** Milliseconds since the process began, to measure how long something takes. */
export function stopwatch(): number {
  return elapsed();
}
