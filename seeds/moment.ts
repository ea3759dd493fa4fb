import { isTellable, toInstant } from '../contracts/clock.ts';
import { parseDuration } from './duration.ts';

/**
 * Reads a moment: an instant, a date, `now`, or a time told from now, such as `3 days ago` or `in 2 hours`.
 *
 * @param now milliseconds
 * @returns an instant in UTC, in a year of four digits; undefined where the text is no moment
 */
export function readMoment(text: string, now: number): string | undefined {
  const time = text.length > longest ? undefined : timeOf(text.trim(), now);
  return time === undefined || !isTellable(time) ? undefined : toInstant(time);
}

/** Letters that a moment may have; what is longer is none, and is not searched for one. */
const longest = 200;

function timeOf(text: string, now: number): number | undefined {
  if (text === 'now') return now;
  const ago = /^(.+?)\s+ago$/.exec(text)?.[1];
  const ahead = /^in\s+(.+)$/.exec(text)?.[1];
  if (ago !== undefined) return told(ago, (length) => now - length);
  if (ahead !== undefined) return told(ahead, (length) => now + length);
  return /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(text)
    ? Date.parse(text)
    : undefined;
}

function told(duration: string, from: (length: number) => number): number | undefined {
  try {
    return from(parseDuration(duration));
  } catch {
    return undefined;
  }
}
