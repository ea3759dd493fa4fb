/** Where the time comes from. Code asks only the clock that it was given. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands still until it is set or advanced. */
export interface FixedClock extends Clock {
  /** @param instant an ISO-8601 instant */
  set(instant: string): void;
  /** @param milliseconds how far to move on; negative values move back */
  advance(milliseconds: number): void;
}

/**
 * Makes a clock that stands still.
 *
 * @param instant the ISO-8601 instant that it shows first
 */
export function fixedClock(instant: string): FixedClock {
  let time = Date.parse(instant);
  return {
    now: () => time,
    set: (next) => {
      time = Date.parse(next);
    },
    advance: (milliseconds) => {
      time += milliseconds;
    },
  };
}

/** The first instant whose year is written with four digits: 0000-01-01T00:00:00.000Z, in milliseconds since 1970. */
export const firstInstant = -62_167_219_200_000;

/** The last one: 9999-12-31T23:59:59.999Z. Times outside of the two would not compare as text. */
export const lastInstant = 253_402_300_799_999;

/** Whether an instant has a year of four digits. */
export function isTellable(milliseconds: number): boolean {
  return milliseconds >= firstInstant && milliseconds <= lastInstant;
}

/**
 * Renders an instant as both APIs do: UTC, milliseconds, `Z` (gem-ats-api §1.8, kombo-unified-api §1.6). What lies before
 * the first or after the last that has four digits of the year is written as that.
 */
export function toInstant(milliseconds: number): string {
  return new Date(withinCalendar(milliseconds)).toISOString();
}

/** The instant itself, or the end of the calendar that is nearer to it. */
export function withinCalendar(milliseconds: number): number {
  return Math.min(Math.max(milliseconds, firstInstant), lastInstant);
}
