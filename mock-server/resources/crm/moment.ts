/** A time of the records in the CRM's Unix seconds (gem-ats-api §1.8). */
export function secondsOf(instant: string): number {
  return Math.floor(Date.parse(instant) / 1000);
}

/** Unix seconds in milliseconds. */
export function millisecondsOf(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1000;
}
