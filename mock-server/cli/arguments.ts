import { InvalidArgumentError } from 'commander';
import { isTellable, toInstant } from '../../contracts/clock.ts';
// What loads an emulator is not read here: a command that asks a running one would take four times as long to start.
import { parseDuration } from '../../seeds/times.ts';

/**
 * Reads the address of a server: where it is and no more, for it is shown to whoever looks at this one.
 *
 * @throws InvalidArgumentError
 */
export function readUrl(text: string): string {
  const { protocol = '', username, password, search, hash } = URL.parse(text) ?? {};
  if (/^https?:$/.test(protocol) && !username && !password && !search && !hash) return text;
  throw new InvalidArgumentError(
    'An address looks like http://gem.example:8080, without a password, a query or a fragment.',
  );
}

/**
 * Reads an instant; one without a zone, or a mere day, is told in UTC, wherever the machine stands.
 *
 * @throws InvalidArgumentError
 */
export function readInstant(text: string): string {
  const [, day = '', time = '00:00', zone = 'Z'] = instantForm.exec(text) ?? [];
  const instant = Date.parse(`${day}T${time}${zone.toUpperCase()}`);
  // A day that no month has is read as one of the next month.
  const isDay = new Date(`${day}T00:00Z`).getUTCDate() === Number(day.slice(8));
  if (isTellable(instant) && isDay) return toInstant(instant);
  throw new InvalidArgumentError('An instant looks like 2026-11-16T09:00:00Z; without a zone it is UTC.');
}

const instantForm = /^(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)([Zz]|[+-]\d\d:?\d\d)?)?$/;

/** Reads a length of time such as `90 seconds` and returns seconds. @throws InvalidArgumentError */
export function readDuration(text: string): number {
  try {
    return parseDuration(text) / 1000;
  } catch {
    throw new InvalidArgumentError('A length of time looks like 90 seconds, 2 hours or P1D.');
  }
}

/** Reads a whole number that is not negative. @throws InvalidArgumentError */
export function readWhole(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(number) || number < 0) {
    throw new InvalidArgumentError('It must be a whole number, 0 or more.');
  }
  return number;
}
