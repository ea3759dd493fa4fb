// How people write times: moments and lengths.
import { isTellable, toInstant } from '../contracts/clock.ts';

/**
 * Reads a moment: an instant, a date, `now`, or a time told from now, such as `3 days ago` or `in 2 hours`.
 *
 * @param now milliseconds
 * @returns an instant in UTC, in a year of four digits; undefined where the text is no moment
 */
export function readMoment(text: string, now: number): string | undefined {
  const time = text.length > maxLetters ? undefined : timeOf(text.trim(), now);
  return time === undefined || !isTellable(time) ? undefined : toInstant(time);
}

/** Letters that a time may have; what is longer is none, and is not searched for one. */
const maxLetters = 200;

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

/**
 * Reads a length of time: `90 seconds`, `3 hours`, `2 days`, `1 week`, several of them (`1 day 12 hours`), or ISO 8601
 * (`P1DT2H`). A day has 24 hours; months and years have no fixed length and are refused.
 *
 * @returns milliseconds
 * @throws Error that says how to write one
 */
export function parseDuration(text: string): number {
  const milliseconds = text.length > maxLetters ? undefined : (inWords(text) ?? inIso(text));
  if (milliseconds === undefined || !Number.isSafeInteger(milliseconds)) {
    const told = text.length > 60 ? `${text.slice(0, 57)}…` : text;
    throw new Error(`"${told}" is no length of time; write it like 90 seconds, 2 days or P1DT2H`);
  }
  return milliseconds;
}

/**
 * Writes a moment as `readMoment` reads it, told from now: `3 days ago`, `in 2 hours`, `now`.
 *
 * @param instant an instant, or a day (then in whole days)
 * @param now milliseconds
 */
export function tellMoment(instant: string, now: number): string {
  const isDay = instant.length === 10;
  const from = isDay ? Date.parse(toInstant(now).slice(0, 10)) : now;
  const length = Date.parse(instant) - from;
  if (length === 0) return 'now';
  return length < 0 ? `${tellDuration(-length)} ago` : `in ${tellDuration(length)}`;
}

/** Writes a length of time as `parseDuration` reads it: `1 day 12 hours`. @param length milliseconds */
export function tellDuration(length: number): string {
  let rest = length;
  const words = (
    [
      ['day', day],
      ['hour', hour],
      ['minute', minute],
      ['second', second],
      ['millisecond', 1],
    ] as const
  ).flatMap(([word, unit]) => {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    return count === 0 ? [] : [`${count} ${word}${count === 1 ? '' : 's'}`];
  });
  return words.length === 0 ? '0 seconds' : words.join(' ');
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const week = 7 * day;

function inWords(text: string): number | undefined {
  if (!/^\s*(?:\d+(?:\.\d+)?\s*[a-z]+[\s,]*)+$/i.test(text)) return undefined;
  let total = 0;
  for (const [, count, word = ''] of text.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)/gi)) {
    const unit = units.get(word.toLowerCase());
    if (unit === undefined) return undefined;
    total += Number(count) * unit;
  }
  return Math.round(total);
}

const units = new Map<string, number>(
  (
    [
      [['millisecond', 'milliseconds', 'ms'], 1],
      [['second', 'seconds', 's', 'sec'], second],
      [['minute', 'minutes', 'm', 'min'], minute],
      [['hour', 'hours', 'h'], hour],
      [['day', 'days', 'd'], day],
      [['week', 'weeks', 'w'], week],
    ] as const
  ).flatMap(([words, milliseconds]) => words.map((word): [string, number] => [word, milliseconds])),
);

function inIso(text: string): number | undefined {
  const parts = iso.exec(text);
  if (!parts || text.endsWith('T') || text === 'P') return undefined;
  const [, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts;
  return Math.round(
    Number(weeks) * week +
      Number(days) * day +
      Number(hours) * hour +
      Number(minutes) * minute +
      Number(seconds) * second,
  );
}

const iso = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
