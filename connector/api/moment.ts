import { toInstant } from '../../contracts/clock.ts';
import { invalidInput } from '../errors.ts';

/**
 * Reads a moment as the unified API takes it: a date, optionally with a time, a fraction and a zone; without a
 * time it means midnight, without a zone UTC (kombo-unified-api §1.5).
 *
 * @param text what was sent; its form was checked against the description
 * @param field how the caller knows it, for the message
 * @returns an ISO-8601 instant in UTC
 * @throws UnifiedProblem when the calendar has no such day
 */
export function readMoment(text: string, field: string): string {
  const [date = '', time = '00:00Z'] = text.split('T');
  const midnight = Date.parse(`${date}T00:00Z`);
  // JavaScript rolls the 30th of February over into March.
  const isDay = !Number.isNaN(midnight) && toInstant(midnight).startsWith(date);
  const moment = Date.parse(`${date}T${/[Z+-]/.test(time) ? time : `${time}Z`}`);
  if (!isDay || Number.isNaN(moment)) throw invalidInput(`${field} is not a day of the calendar.`);
  return toInstant(Math.min(Math.max(moment, earliest), latest));
}

// A zone can push a moment out of the years that the database reads; nothing is stored that far out.
const earliest = Date.parse('0001-01-01T00:00Z');
const latest = Date.parse('9999-12-31T23:59:59.999Z');

/** The midnight (UTC) that began the day of an instant. */
export function startOfDay(instant: string): string {
  return `${instant.slice(0, 10)}T00:00:00.000Z`;
}
