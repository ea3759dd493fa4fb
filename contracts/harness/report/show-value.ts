import { configure } from 'safe-stable-stringify';

/**
 * Shows a value as JSON with sorted keys, so that two values can be compared line by line. Absent values, and values that
 * JSON cannot hold, are named.
 */
export function showValue(value: unknown): string {
  const text = stringify(value, nameTheUnspeakable, 2);
  return visible((text ?? absent).replaceAll(new RegExp(`"${mark}(.*?)${mark}"`, 'g'), '$1'));
}

/**
 * Makes control characters visible, and characters that change the direction of writing. Line breaks stay.
 */
export function visible(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(unseen, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Shortens a text, and says how many characters were left out. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept = text.slice(0, most).toWellFormed();
  return `${kept} … (${text.length - most} more characters)`;
}

const absent = '(absent)';

// Marks words that must stand without quotes. `stringify` escapes NUL, and the escape is then replaced.
const mark = String.raw`\\u0000\\u0000`;

const stringify = configure({ circularValue: '[Circular]', bigint: true });

function nameTheUnspeakable(_key: string, value: unknown): unknown {
  if (value === undefined) return named(absent);
  if (typeof value === 'number' && !Number.isFinite(value)) return named(String(value));
  if (typeof value === 'function' || typeof value === 'symbol') return named(`(${typeof value})`);
  return value;
}

function named(word: string): string {
  return `\0\0${word}\0\0`;
}

// C0 and C1 without the line feed, what turns the direction, and what cannot be seen; joiners of pictures are none of them.
// oxlint-disable-next-line no-control-regex -- control characters are what it is about
const unseen = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
