import { same } from './compare.ts';
import type { Finding } from './rule.ts';

/** @returns a finding when two texts are not the same; a text of blanks may be shown as none at all */
export function sameText(what: string, got: unknown, expected: string | null): Finding[] {
  const isNothing = expected === null || expected.trim() === '';
  return isNothing && got === null ? [] : same(what, got, expected);
}
