import { createHash } from 'node:crypto';

/** Chance that follows from a seed: the nth throw for a purpose is always the same number from 0 up to, not including, 1. */
export type Chance = (purpose: string, nth: number) => number;

/** @param seed any text; the same text gives the same throws */
export function createChance(seed: string): Chance {
  return (purpose, nth) => {
    const digest = createHash('sha256')
      .update(JSON.stringify([seed, purpose, nth]))
      .digest();
    return digest.readUInt32BE() / 2 ** 32;
  };
}
