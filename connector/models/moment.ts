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
  return ofText(value);
}

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
  const parts = /^([\dW-]+)(?:[T ]([\d:.,]+) ?(?:Z|UTC|GMT|([+\-−])(\d\d)(?::?(\d\d))?)?)?$/i.exec(
    text.trim(),
  );
  if (parts?.[1] === undefined) return null;
  const [, , time, sign, hours, minutes] = parts;
  const start = startOf(parts[1]) - aheadOfUtc(sign, Number(hours), Number(minutes ?? 0));
  if (time === undefined) return written(start);
  const passed = timeOf(time);
  if (!passed) return null;
  const moment = start + passed.milliseconds;
  if (!passed.isLeapSecond) return written(moment);
  return ((moment % day) + day) % day >= day - second ? written(moment + second) : null;
}

function written(moment: number): string | null {
  return moment >= first && moment <= last ? new Date(moment).toISOString() : null;
}

/**
 * When a day begins: `2026-06-01`, the 152nd day `2026-152`, or the first day of week 23 `2026-W23-1`; hyphens may be left out.
 *
 * @returns NaN when there is no such day, and so no moment
 */
function startOf(date: string): number {
  const calendar = /^(\d{4})(-?)(\d\d)\2(\d\d)$/.exec(date);
  if (calendar) {
    const [, year, , month, dayOfMonth] = calendar.map(Number);
    return dayOf(year, month, dayOfMonth);
  }
  const ordinal = /^(\d{4})-?(\d{3})$/.exec(date);
  if (ordinal) {
    const [, year, dayOfYear = 0] = ordinal.map(Number);
    const found = dayOf(year, 1, 1) + (dayOfYear - 1) * day;
    return new Date(found).getUTCFullYear() === year ? found : Number.NaN;
  }
  const week = /^(\d{4})(-?)W(\d\d)\2([1-7])$/i.exec(date);
  if (!week) return Number.NaN;
  const [, year, , number = 0, weekday = 0] = week.map(Number);
  // The fourth of January is always in the first week, and a week is of the year that its Thursday is in.
  const fourth = dayOf(year, 1, 4);
  const thursday = fourth + (4 - (new Date(fourth).getUTCDay() || 7) + (number - 1) * 7) * day;
  const isOfYear = new Date(thursday).getUTCFullYear() === year;
  return isOfYear ? thursday + (weekday - 4) * day : Number.NaN;
}

function dayOf(year = 0, month = 0, dayOfMonth = 0): number {
  // `Date.UTC` takes the first hundred years for those of the twentieth century.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, dayOfMonth);
  // A day that the month does not have is one of another month.
  return date.getUTCMonth() === month - 1 ? date.getTime() : Number.NaN;
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

/** How far a zone is ahead of UTC, which has no sign; NaN when there is no such zone. */
function aheadOfUtc(sign: string | undefined, hours: number, minutes: number): number {
  if (sign === undefined) return 0;
  if (hours > 23 || minutes > 59) return Number.NaN;
  const ahead = hours * hour + minutes * minute;
  return sign === '+' ? ahead : -ahead;
}
