import { faker as english } from '@faker-js/faker/locale/en';
import { toInstant } from '../../contracts/clock.ts';
import { Identifiers } from '../identifiers.ts';

/** What a factory works with: chance, ids and a calendar, all of them determined by seed and anchor. */
export interface Kit {
  chance: typeof english;
  identifiers: Identifiers;
  /** An instant that lies so many days (and minutes) before the anchor. Negative days lie ahead. */
  ago(days: number, minutes?: number): string;
  /** A date, `YYYY-MM-DD`, so many days before the anchor. */
  dateAgo(days: number): string;
}

/**
 * Makes a kit. Building a scenario is synchronous, so the shared generator is seeded here and belongs to the
 * scenario until it is built.
 *
 * @param seed any text; the same text gives the same world
 * @param anchor the ISO-8601 instant that the scenario calls now
 * @param identifiers where ids go on from, for a world that has records already
 */
export function createKit(seed: string, anchor: string, identifiers = new Identifiers(seed)): Kit {
  english.seed(numberOf(seed));
  const now = Date.parse(anchor);
  const ago = (days: number, minutes = 0) => toInstant(now - days * day - minutes * minute);
  return {
    chance: english,
    identifiers,
    ago,
    dateAgo: (days) => ago(days).slice(0, 10),
  };
}

const minute = 60_000;
const day = 24 * 60 * minute;

/** FNV-1a, to turn a seed text into the number that the generator takes. */
function numberOf(seed: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(seed)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
