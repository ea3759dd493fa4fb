// Where a person can be reached or found: addresses, numbers, handles, links, names of files.
import { numberFrom, type Keys } from '../keys.ts';
import { normalise, squash, wordPattern, wordsOf } from '../words.ts';
import { isOneWord, type IdentifierStandIns } from './identifiers.ts';
import type { Names } from './names.ts';

/** The stand-ins of one salt. Each is the same for the same original, and tells of the same invented names. */
export interface Contacts {
  /** An address, or a text with addresses and names as mails have them: `Ada <ada@home.example>`. */
  email(text: string): string;
  phone(text: string): string;
  handle(text: string): string;
  link(text: string): string;
  filename(text: string): string;
}

/** An e-mail address within a text. */
export const emailPattern = /[^\s@<>(),;:"'\\[\]{}|/?#=&]+@[^\s@<>(),;:"'\\[\]{}|/?#=&]+/gu;

/** A text that is one address, with signs in it that end one within a text: `o{@home.example`. */
const oddAddress = /^[^\s@<>(),;:"\\[\]]+@[^\s@<>(),;:"'\\[\]{}|/?#=&]+$/u;

/** A number to call within a text. */
export const phonePattern = /\+?\d[\d\s()./-]{7,20}\d/gu;

/** Makes them. */
export function createContacts(keys: Keys, names: Names, identifiers: IdentifierStandIns): Contacts {
  /** Tells apart what has the same names in it; a letter at its start, so that it is never a number that somebody has. */
  const short = (purpose: string, text: string) => `k${keys.digest(purpose, text).slice(0, 7)}`;
  /** The names in an address, as small Latin letters. */
  const named = (text: string, most: number) => {
    const words = wordsOf(text).filter((word) => /^\p{L}/u.test(word));
    return words
      .slice(0, most)
      .map((word) => (/^[a-z0-9]+$/.test(word) ? names.word(word) : names.invent('name', word)));
  };

  /** A host without a dot makes an address that Gem takes for none; so does its stand-in. */
  const domain = (host: string) =>
    names.invent('host', normalise(host)).toLowerCase() + (host.includes('.') ? '.example' : '');

  const address = (original: string): string => {
    const at = original.lastIndexOf('@');
    const local = [...named(original.slice(0, at), 2), short('email', normalise(original))].join('.');
    return `${local.toLowerCase()}@${domain(original.slice(at + 1))}`;
  };

  const email = (text: string): string => {
    if (!text.includes('@')) return text.trim() === '' ? text : handle(text);
    let isReplaced = false;
    const pieces = text.split(emailPattern);
    const addresses = text.match(emailPattern) ?? [];
    const replaced = pieces.map((piece, place) => {
      isReplaced ||= place < addresses.length;
      return (
        piece.replaceAll(wordPattern, names.word) +
        (place < addresses.length ? address(addresses[place] ?? '') : '')
      );
    });
    if (isReplaced) return replaced.join('');
    if (oddAddress.test(text)) return address(text);
    // What is no address, such as one with two signs, stays none.
    return text
      .split('@')
      .map((part) => handle(part))
      .join('@');
  };

  function handle(text: string): string {
    if (text.trim() === '') return text;
    if (text.includes('/')) return link(text);
    // A link to the same page holds the same word, and takes it for an id.
    if (isOneWord(text)) return identifiers.id(text);
    if (/^[^@]+@[^@]+\./.test(text)) return email(text);
    const [start = ''] = /^[@#~+]*/.exec(text) ?? [];
    const separator = /[\p{L}\p{N}]([._-])[\p{L}\p{N}]/u.exec(text)?.[1] ?? '-';
    return start + [...named(text, 2), short('handle', squash(text) || text)].join(separator).toLowerCase();
  }

  function link(text: string): string {
    const parts = /^([a-z][a-z0-9+.-]*:\/\/)?([^/?#\s]+)([^?#]*)(\?[^#]*)?(#.*)?$/isu.exec(text.trim());
    const [, scheme = '', host = '', path = '', query = '', fragment = ''] = parts ?? [];
    if (text.trim() === '') return text;
    if (!parts || (scheme === '' && !host.includes('.'))) {
      return text.includes('@') ? email(text) : handle(text.replaceAll('/', ' '));
    }
    const plainHost = normalise(host.split('@').at(-1) ?? host);
    const segments = path.split('/').map((segment) => otherSegment(decode(segment)));
    const rest = query + fragment === '' ? '' : `?k=${short('link', query + fragment)}`;
    return (
      scheme.toLowerCase() +
      (isPublicHost(plainHost) ? plainHost : domain(plainHost)) +
      segments.join('/') +
      rest
    );
  }

  function otherSegment(segment: string): string {
    if (segment === '' || publicSegments.has(segment.toLowerCase())) return segment.toLowerCase();
    if (identifiers.isId(segment)) return identifiers.id(segment);
    return segment.includes('@')
      ? encodeURIComponent(address(segment))
      : handle(segment.replaceAll('/', '-'));
  }

  return {
    email,
    handle,
    link,
    phone(text) {
      if (!isNumberToCall(text)) return handle(text);
      return otherPhone(keys, text).replaceAll(/\p{L}[\p{L}\p{M}]*/gu, (word) =>
        phoneWords.test(word) ? word : names.word(word),
      );
    },
    filename(text) {
      const [ending = ''] =
        /\.(?:pdf|docx?|odt|rtf|txt|md|html?|png|jpe?g|gif|csv|xlsx?|pptx?|zip)$/i.exec(text) ?? [];
      return text.trim() === ''
        ? text
        : handle(text.slice(0, text.length - ending.length).replaceAll('/', '-') || text) + ending;
    },
  };
}

/**
 * A number of the same look that is nobody's: `+999` is no country, and no number at home begins with three zeros. What follows
 * depends on the last nine digits alone, so that it is the same with and without a country in front.
 */
function otherPhone(keys: Keys, text: string): string {
  const letters = Array.from(text.normalize('NFKC'));
  const digits = letters.filter(isDigit);
  const digest = keys.digest('phone', digits.slice(-significant).join(''));
  const abroad = text.trim().startsWith('+');
  const start =
    digits.length < 7 ? '' : abroad ? phoneStarts[0] : digits.length < 10 ? phoneStarts[2] : phoneStarts[1];
  let place = 0;
  return letters
    .map((letter) => {
      if (!isDigit(letter)) return letter;
      place += 1;
      return start[place - 1] ?? String(numberFrom(digest.slice((digits.length - place) % 48), 0, 10));
    })
    .join('');
}

/** Whether a text has as many digits as a number to call has at least; other texts are names in some network. */
export function isNumberToCall(text: string): boolean {
  return text.normalize('NFKC').replaceAll(/\D/g, '').length >= 7 || !/[\p{L}\p{N}]/u.test(text);
}

const phoneWords = /^(?:x|ext|tel|phone|mobile|cell|home|work|fax|m|t|h|w)$/i;

/** How many digits at its end tell a number from others, wherever it is called from. */
export const significant = 9;

/** How invented numbers begin, and no other does. */
export const phoneStarts = ['999', '0000', '000'] as const;

function isDigit(letter: string): boolean {
  return /^\p{Nd}$/u.test(letter);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Whether a host says nothing of a person: networks where everybody has a page, and rooms for calls. */
export function isPublicHost(host: string): boolean {
  return publicHosts.test(host);
}

const publicHosts =
  /^(?:www\.|[a-z]{2}\.|m\.|jobs\.|meet\.)?(?:linkedin|github|gitlab|twitter|x|facebook|instagram|youtube|medium|stackoverflow|xing|dribbble|behance|gem|google|zoom|microsoft)\.(?:com|us|net|org)$/;

/** Parts of an address that everybody's has. */
export const publicSegments: ReadonlySet<string> = new Set(
  'in pub company users user profile profiles people u j candidate candidates jobs job'.split(' '),
);
