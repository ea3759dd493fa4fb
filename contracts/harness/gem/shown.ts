// What of an answer may stand in a report: its form, never a value. Answers are about people.
import { createHash } from 'node:crypto';

declare const shown: unique symbol;

/** A text that was made of a value and gives nothing of it away. */
export type Shown = string & { readonly [shown]: true };

/** What may stand in a report. */
export type Showable = number | boolean | Shown;

/** @returns `string`, `null`, `list of 3`, `object` and the like */
export function shape(value: unknown): Shown {
  if (value === undefined) return mark('nothing');
  if (value === null) return mark('null');
  if (Array.isArray(value)) return mark(`list of ${value.length}`);
  return mark(typeof value);
}

/** @returns the value itself where it is one of the words that were to be expected, and otherwise its shape */
export function oneOfWords(value: unknown, words: readonly unknown[]): Shown {
  return words.includes(value) ? mark(String(value)) : shape(value);
}

/** @returns the value itself where it is a word as enumerations have them, and otherwise its shape */
export function enumerated(value: unknown): Shown {
  return typeof value === 'string' && /^[a-z][a-z_]{0,39}$/.test(value) ? mark(value) : shape(value);
}

/** @returns a word of ours, which no answer had a part in */
export function ours(text: string): Shown {
  return mark(text);
}

/** @returns a mark by which a record is told from others, and not found by its id */
export function nameless(id: unknown): string {
  return `#${createHash('sha256').update(String(id)).digest('hex').slice(0, 6)}`;
}

function mark(text: string): Shown {
  return text as Shown;
}
