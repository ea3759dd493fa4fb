// The machine's own time, whatever a test makes of the global `Date` and `performance`: a test that fakes timers in the
// emulator's process means its own code, and a world has a clock of its own to move.
import { performance } from 'node:perf_hooks';
import { runInNewContext } from 'node:vm';
import type { Clock } from '../../contracts/clock.ts';

// Taken when this module is loaded; under faked timers, from a context that has its own.
const isFaked = !Function.prototype.toString.call(Date.now).includes('[native code]');
const { now } = isFaked ? (runInNewContext('Date') as DateConstructor) : Date;
const elapsed = performance.now.bind(performance);

/** The machine's clock, whatever becomes of `Date`. */
export const machineClock: Clock = { now: () => now() };

/** Milliseconds since the process began, to measure how long something takes. */
export function stopwatch(): number {
  return elapsed();
}
