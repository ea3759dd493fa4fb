import { isTellable, toInstant } from '../../../contracts/clock.ts';
import type { Keys } from '../keys.ts';

/**
 * One shift for all times of an account: a whole number of weeks into the past, so that order, distances, weekday and time of
 * day stay. What is no time becomes null, because it might be anything.
 */
export function createShift(keys: Keys): (time: unknown) => unknown {
  const weeks = leastWeeks + keys.choose('shift', 'weeks', mostWeeks - leastWeeks);
  return (time) => {
    if (typeof time === 'number') return shiftNumber(time, weeks);
    return typeof time === 'string' ? shiftText(time, weeks) : null;
  };
}

const leastWeeks = 26;
const mostWeeks = 104;
const week = 7 * 24 * 60 * 60 * 1000;

/** Unix seconds, or milliseconds where the number is that large. */
function shiftNumber(time: number, weeks: number): number {
  return Math.abs(time) < 1e11 ? time - (weeks * week) / 1000 : time - weeks * week;
}

/** Only the day changes; whatever form the time of day has stays as it is. */
function shiftText(text: string, weeks: number): string | null {
  const [, day = '', rest = ''] = /^(\d{4}-\d\d-\d\d)([T ][\d:.,]*(?:Z|[+-]\d\d:?\d\d)?)?$/i.exec(text) ?? [];
  const start = Date.parse(`${day}T00:00:00.000Z`);
  if (Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== day) return null;
  const shifted = start - weeks * week;
  return isTellable(shifted) ? toInstant(shifted).slice(0, 10) + rest : null;
}
