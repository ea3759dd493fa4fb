import { configure } from 'safe-stable-stringify';

/**
 * Shows a value as JSON, with its keys in order, so that two of them can be compared line by line. What is absent says so,
 * and what JSON has no word for is named.
 */
export function showValue(value: unknown): string {
  const text = stringify(value, nameTheUnspeakable, 2);
  return visible((text ?? absent).replaceAll(new RegExp(`"${mark}(.*?)${mark}"`, 'g'), '$1'));
}

/**
 * Shows control characters and such as turn the direction of writing, which would otherwise act instead of being seen.
 * Line breaks stay.
 */
export function visible(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(unseen, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** At most so many characters of a text, with the number of those that were left out. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept = text.slice(0, most).toWellFormed();
  return `${kept} … (${text.length - most} more characters)`;
}

const absent = '(absent)';

// Set around words that are to stand without quotes. `stringify` writes NUL as an escape, which is what is looked for then.
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
