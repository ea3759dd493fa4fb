import { createHash } from 'node:crypto';

/** A number from 0 (included) to 1 (not) that follows from a text and looks like chance. */
export function chanceOf(text: string): number {
  return createHash('sha256').update(text).digest().readUIntBE(0, 6) / 2 ** 48;
}
