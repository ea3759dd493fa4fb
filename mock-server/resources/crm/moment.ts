import { toInstant } from '../../../contracts/clock.ts';

/** A time of the records in the CRM's Unix seconds (gem-ats-api §1.8). */
export function secondsOf(instant: string): number {
  return Math.floor(Date.parse(instant) / 1000);
}

/** Unix seconds as the records write times. What no calendar can tell lies after everything. */
export function instantOf(seconds: number | undefined): string | undefined {
  return seconds === undefined ? undefined : toInstant(Math.min(seconds, lastSecond) * 1000);
}

/** The end of the year 9999, after which times no longer compare as text. */
const lastSecond = 253_402_300_799;
