// What a JSON parser does not ask of the bytes that it is given, the digits that it drops, and how generated JSON is written.
import { isUtf8 } from 'node:buffer';

/** The bytes cannot be read as JSON. Its `type` is the one that body parsers have for that. */
export class UnreadableJson extends Error {
  readonly type = 'entity.parse.failed';
}

/** Arrays and objects that may lie in one another: about as many as Python's parser takes. */
export const deepestJson = 1000;

/**
 * Reads JSON as Gem's framework does (gem-ats-api §1.1): as UTF-8 whatever its charset is called, without a byte order mark.
 * Halves of surrogate pairs, which no database takes, become U+FFFD.
 *
 * @returns undefined for no bytes at all
 * @throws UnreadableJson
 */
export function readJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  if (hasMark || !isUtf8(bytes))
    throw new UnreadableJson('it is not UTF-8, or begins with a byte order mark');
  if (isDeeper(bytes, deepestJson)) throw new UnreadableJson(`it is deeper than ${deepestJson} levels`);
  try {
    const value: unknown = JSON.parse(bytes.toString());
    return bytes.includes('\\ud') || bytes.includes('\\uD') ? mended(value) : value;
  } catch (error) {
    throw new UnreadableJson('it is no JSON', { cause: error });
  }
}

/** A copy of JSON in which every text, names of members too, is well formed Unicode. */
export function mended(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(mended);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]: [string, unknown]) => [name.toWellFormed(), mended(item)]),
  );
}

/**
 * Whether JSON lies in itself deeper than so many levels. The parser itself takes any depth, but what comes after it calls
 * itself for each level.
 */
export function isDeeper(json: Buffer, limit: number): boolean {
  if (json.length <= limit) return false;
  let [depth, isText] = [0, false];
  for (let index = 0; index < json.length; index += 1) {
    const byte = json[index];
    if (isText) {
      if (byte === backslash) index += 1;
      else if (byte === quote) isText = false;
    } else if (byte === quote) isText = true;
    else if (byte === openBracket || byte === openBrace) {
      depth += 1;
      if (depth > limit) return true;
    } else if (byte === closeBracket || byte === closeBrace) depth -= 1;
  }
  return false;
}

/**
 * A number that would not be written again as it came, as a value that is: for the reviver of `JSON.parse`.
 *
 * @param source the text of the number, as the reviver gets it
 * @param isKept whether such a text is worth it; all are when left out
 * @returns the value itself where it is no such number
 */
export function keepDigits(
  value: unknown,
  source: string | undefined,
  isKept: (source: string) => boolean = () => true,
): unknown {
  if (typeof value !== 'number' || source === undefined || String(value) === source) return value;
  return isKept(source) ? JSON.rawJSON(source) : value;
}

declare global {
  // Part of the language since 2026, and not yet of the types.
  interface JSON {
    /** Makes a value that is written as this JSON text, letter by letter. */
    rawJSON(text: string): Readonly<Record<string, unknown>>;
    isRawJSON(value: unknown): value is { readonly rawJSON: string };
  }
}

const [quote, backslash] = [0x22, 0x5c];
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * A generated document as JSON without indentation: a third less than with it. Its upper levels have a line for each key, so
 * that a change of one operation or schema is a change of one line, and two changes can be merged.
 */
export function compactJson(document: object): string {
  return `${write(document, 3)}\n`;
}

function write(value: unknown, levels: number): string {
  if (levels === 0 || typeof value !== 'object' || value === null || Array.isArray(value))
    return JSON.stringify(value);
  const lines = Object.entries(value).flatMap(([key, inner]) =>
    inner === undefined ? [] : [`${JSON.stringify(key)}:${write(inner, levels - 1)}`],
  );
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n}`;
}
