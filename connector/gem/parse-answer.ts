import { isDeeper, keepDigits } from '../../contracts/json.ts';

/**
 * Reads a JSON text of Gem. A number with more digits than JavaScript can tell is kept as `JSON.rawJSON`, so that it is
 * written again digit by digit. What is nested deeper than can be stored is cut off.
 *
 * @throws SyntaxError when it is no JSON
 */
export function parseAnswer(text: string): unknown {
  if (isDeeper(Buffer.from(text), deepest)) return cutBelow(JSON.parse(text), deepest);
  return hasLongNumber.test(text) ? JSON.parse(text, keepLong) : JSON.parse(text);
}

// It only says that a closer look is worth it, so that an ordinary page costs nothing more.
const hasLongNumber = /[[:,\s]-?\d[\d.]{15,}\s*[,}\]]/;

/** PostgreSQL and `JSON.stringify` give up at some thousands of levels. */
const deepest = 200;

/** A decimal number without an exponent, as far as PostgreSQL holds every digit of it. */
const plainNumber = /^-?\d{1,1000}(?:\.\d{1,1000})?$/;

function keepLong(_key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source;
  if (source === undefined || source.length < 16) return value;
  return keepDigits(value, source, (text) => plainNumber.test(text));
}

function cutBelow(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return null;
  if (Array.isArray(value)) return value.map((inner) => cutBelow(inner, levels - 1));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cutBelow(inner, levels - 1)]));
}
