/**
 * Writes a moment in UTC with milliseconds and `Z` (kombo-unified-api §1.6): any text of ISO 8601, or whole seconds since 1970,
 * as Gem's CRM writes all its times (gem-ats-api §1.8). A bare date is midnight UTC, a time without a zone is in UTC, what is
 * finer than a millisecond is cut off. Midnight may be 24:00 of the day before, and a leap second counts as the one that
 * follows it.
 *
 * @returns null when there is no such moment between the years 1 and 9999, as of 30 February or 25:00
 */
export function toInstant(value: unknown): string | null {
  if (typeof value === 'number') return ofSeconds(value);
  if (typeof value !== 'string') return null;
  return almostAll.test(value) ? value : ofText(value);
}

/** Almost every moment comes as it is to be written; days that not all months have are looked at more closely. */
const almostAll =
  /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

const first = Date.parse('0001-01-01T00:00:00Z');
const last = Date.parse('9999-12-31T23:59:59.999Z');
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Smaller numbers are more likely something else; greater ones are no moment, and so milliseconds are none either. */
function ofSeconds(seconds: number): string | null {
  const isLikely = Number.isInteger(seconds) && seconds >= 100_000_000;
  return isLikely ? written(seconds * second) : null;
}

function ofText(text: string): string | null {
  const parts = /^([\dW-]+)(?:[T ]([\d:.,]+) ?(Z|UTC|GMT|[+\-−]\d\d(?::?\d\d)?)?)?$/i.exec(text.trim());
  if (!parts) return null;
  const [, date = '', time, zone] = parts;
  const start = startOf(date);
  const offset = offsetOf(zone);
  if (start === undefined || offset === undefined) return null;
  if (time === undefined) return written(start);
  const passed = timeOf(time);
  if (!passed) return null;
  const moment = start + passed.milliseconds - offset;
  if (!passed.isLeapSecond) return written(moment);
  return ((moment % day) + day) % day >= day - second ? written(moment + second) : null;
}

function written(moment: number): string | null {
  return moment >= first && moment <= last ? new Date(moment).toISOString() : null;
}

/** When a day begins: `2026-06-01`, the 152nd day `2026-152`, or the first day of week 23 `2026-W23-1`; hyphens may be left out. */
function startOf(date: string): number | undefined {
  const calendar = /^(\d{4})(-?)(\d\d)\2(\d\d)$/.exec(date);
  if (calendar) {
    const [, year, , month, dayOfMonth] = calendar.map(Number);
    return dayOf(year, month, dayOfMonth);
  }
  const ordinal = /^(\d{4})-?(\d{3})$/.exec(date);
  if (ordinal) {
    const [, year = 0, dayOfYear = 0] = ordinal.map(Number);
    const start = dayOf(year, 1, 1) ?? Number.NaN;
    const found = start + (dayOfYear - 1) * day;
    return new Date(found).getUTCFullYear() === year ? found : undefined;
  }
  const week = /^(\d{4})(-?)W(\d\d)\2([1-7])$/i.exec(date);
  if (!week) return undefined;
  const [, year = 0, , number = 0, weekday = 0] = week.map(Number);
  // The fourth of January is always in the first week, and a week is of the year that its Thursday is in.
  const fourth = dayOf(year, 1, 4) ?? Number.NaN;
  const thursday = fourth + (4 - (new Date(fourth).getUTCDay() || 7) + (number - 1) * 7) * day;
  const isOfYear = new Date(thursday).getUTCFullYear() === year;
  return isOfYear ? thursday + (weekday - 4) * day : undefined;
}

function dayOf(year = 0, month = 0, dayOfMonth = 0): number | undefined {
  // `Date.UTC` takes the first hundred years for those of the twentieth century.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, dayOfMonth);
  // A day that the month does not have is one of another month.
  return date.getUTCMonth() === month - 1 ? date.getTime() : undefined;
}

/** How long after midnight a time is. Minutes and seconds may be left out; a fraction is of the smallest part that is there. */
function timeOf(time: string): { milliseconds: number; isLeapSecond: boolean } | undefined {
  const parts = /^(\d\d)(?:(:?)(\d\d)(?:\2(\d\d))?)?(?:[.,](\d+))?$/.exec(time);
  if (!parts) return undefined;
  const [, hours, , minutes, seconds, digits = ''] = parts;
  const unit = seconds !== undefined ? second : minutes !== undefined ? minute : hour;
  const firstDigits = digits.slice(0, 9);
  const fraction = Math.floor((Number(firstDigits) * unit) / 10 ** firstDigits.length);
  const isLeapSecond = seconds === '60';
  const passed =
    Number(hours) * hour +
    Number(minutes ?? 0) * minute +
    Number(isLeapSecond ? 59 : (seconds ?? 0)) * second;
  const isWithin = Number(minutes ?? 0) < 60 && Number(seconds ?? 0) <= 60;
  return isWithin && passed + fraction <= day ? { milliseconds: passed + fraction, isLeapSecond } : undefined;
}

/** How far a zone is ahead of UTC. */
function offsetOf(zone = 'Z'): number | undefined {
  const [, sign, hours, minutes = 0] = /^([+\-−])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  if (sign === undefined) return 0;
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  const ahead = Number(hours) * hour + Number(minutes) * minute;
  return sign === '+' ? ahead : -ahead;
}
