// Reports show the form of an answer, never a value: answers are about people.
import { createHash } from 'node:crypto';

declare const safe: unique symbol;

/** A text about a value that does not reveal the value. */
export type SafeText = string & { readonly [safe]: true };

/** What may stand in a report. */
export type SafeValue = number | boolean | SafeText;

/** @returns `string`, `null`, `list of 3`, `object` and the like */
export function shape(value: unknown): SafeText {
  if (value === undefined) return toSafe('nothing');
  if (value === null) return toSafe('null');
  if (Array.isArray(value)) return toSafe(`list of ${value.length}`);
  return toSafe(typeof value);
}

/** @returns the value itself where it is one of the words that were to be expected, and otherwise its shape */
export function oneOfWords(value: unknown, words: readonly unknown[]): SafeText {
  return words.includes(value) ? toSafe(String(value)) : shape(value);
}

/** @returns the value itself where it is a word as enumerations have them, and otherwise its shape */
export function enumerated(value: unknown): SafeText {
  return typeof value === 'string' && /^[a-z][a-z_]{0,39}$/.test(value) ? toSafe(value) : shape(value);
}

/** @returns a text of this project, which holds nothing of an answer */
export function literal(text: string): SafeText {
  return toSafe(text);
}

/** @returns a short hash of an id: tells records apart without revealing the id */
export function anonymousId(id: unknown): string {
  return `#${createHash('sha256').update(String(id)).digest('hex').slice(0, 6)}`;
}

function toSafe(text: string): SafeText {
  return text as SafeText;
}
