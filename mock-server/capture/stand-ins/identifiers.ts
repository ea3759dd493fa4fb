import { numberFrom, type Keys } from '../keys.ts';

/** Ids by keyed hash: the same id always becomes the same other one, of the same form, so that every reference holds. */
export interface IdentifierStandIns {
  id(text: string): string;
  /** Whether a text has the form of an id of Gem. */
  isId(text: string): boolean;
}

/** Makes them for one salt. */
export function createIdentifiers(keys: Keys): IdentifierStandIns {
  return {
    isId: (text) => isUuid.test(text) || isNumber.test(text) || decodeTyped(text) !== undefined,
    id(text) {
      if (text === '') return text;
      if (isNumber.test(text)) return otherNumber(keys, text);
      if (isUuid.test(text)) return otherUuid(keys, text);
      const typed = decodeTyped(text);
      return typed === undefined ? otherCode(keys, text) : otherTyped(keys, text, typed);
    },
  };
}

const isNumber = /^\d+$/;
const isUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text is a UUID, or base64 of a type and what follows it: one word, although there may be strokes in it. */
export function isOneWord(text: string): boolean {
  return isUuid.test(text) || decodeTyped(text) !== undefined;
}

/** `<type>:` and what follows, of a base64 that holds that (gem-ats-api §1.7). */
function decodeTyped(text: string): { type: string; rest: Buffer } | undefined {
  if (text.length < 8 || !/^[\w+/-]+={0,2}$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  const type = /^[A-Za-z][A-Za-z_]{0,30}:/.exec(bytes.toString('latin1'))?.[0];
  return type === undefined ? undefined : { type, rest: bytes.subarray(type.length) };
}

function otherTyped(keys: Keys, text: string, { type, rest }: { type: string; rest: Buffer }): string {
  const digits = rest.toString('latin1');
  const other = isNumber.test(digits) ? Buffer.from(otherNumber(keys, digits)) : otherBytes(keys, rest);
  const bytes = Buffer.concat([Buffer.from(type), other]);
  const encoded = bytes.toString(/[+/]/.test(text) ? 'base64' : 'base64url').replace(/=+$/, '');
  return encoded + (/=+$/.exec(text)?.[0] ?? '');
}

/** As many bytes, and where there are few, multiples of three more, so that the padding stays. */
function otherBytes(keys: Keys, bytes: Buffer): Buffer {
  let length = bytes.length;
  while (length < leastBytes) length += 3;
  const source = bytes.toString('latin1');
  let digest = keys.digest('id', source);
  while (digest.length < length * 2) digest += keys.digest('id', `${source}\n${digest.length}`);
  return Buffer.from(digest.slice(0, length * 2), 'hex');
}

const leastBytes = 12;

/**
 * A number of three digits more, by a permutation (Feistel): no two become the same, and what comes out is far from the
 * numbers of the account, which stand close together. It does not depend on the type: `Candidate:7` and `Person:7` are one.
 */
function otherNumber(keys: Keys, digits: string): string {
  const length = digits.length + moreDigits;
  let text = `1${'0'.repeat(moreDigits - 1)}${digits}`;
  do text = permute(keys, text, length);
  while (text.startsWith('0'));
  return text;
}

/** A multiple of three, so that base64 keeps its padding. */
const moreDigits = 3;
const rounds = 6;

function permute(keys: Keys, text: string, length: number): string {
  const middle = Math.floor(length / 2);
  let [left, right] = [text.slice(0, middle), text.slice(middle)];
  for (let round = 0; round < rounds; round += 1) {
    const modulus = 10n ** BigInt(left.length);
    const added = BigInt(`0x${keys.digest('number', `${length} ${round} ${right}`)}`) % modulus;
    const sum = ((BigInt(left) + added) % modulus).toString().padStart(left.length, '0');
    [left, right] = [right, sum];
  }
  return left + right;
}

/** Another UUID of the same version. */
function otherUuid(keys: Keys, text: string): string {
  const digest = keys.digest('uuid', text.toLowerCase());
  let place = 0;
  const other = text.replaceAll(/[0-9a-f]/gi, (letter, at: number) => {
    const mine = digest[place] ?? '0';
    place += 1;
    return at === versionPlace || at === variantPlace ? letter : mine;
  });
  return text === text.toLowerCase() ? other : other.toUpperCase();
}

const versionPlace = 14;
const variantPlace = 19;

/** A code of the team's own, such as `R-3989`: letters for letters, digits for digits, and six more so that none meets another. */
function otherCode(keys: Keys, text: string): string {
  const digest = keys.digest('code', text);
  const more = numberFrom(digest, 4, 1_000_000).toString().padStart(6, '0');
  let place = 0;
  const other = text.replaceAll(/[\p{L}\p{N}]\p{M}*/gu, (letter) => {
    const chosen = Number.parseInt(digest.slice(place % 48, (place % 48) + 6), 16);
    place += 1;
    if (/^\p{N}/u.test(letter)) return String(chosen % 10);
    const mine = codeLetters[chosen % codeLetters.length] ?? '';
    return letter === letter.toLowerCase() ? mine : mine.toUpperCase();
  });
  if (other.length + more.length + 1 > longestId) return other.slice(0, longestId - more.length) + more;
  return /\p{N}/u.test(other) ? other.replace(/\p{N}+/u, `$&${more}`) : `${other}-${more}`;
}

/** Letters that make no names. */
const codeLetters = 'bcdfghjkmpqrtvwxz';
const longestId = 64;
