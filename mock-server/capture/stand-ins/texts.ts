import { faker } from '@faker-js/faker/locale/en';
import { numberFrom, type Keys } from '../keys.ts';
import { scriptOf, wordPattern } from '../words.ts';
import { emailPattern, phonePattern, type Contacts } from './contacts.ts';
import { inCaseOf, type Names } from './names.ts';

/**
 * Makes another text of the same length and script. Marks, lines and HTML elements stay where they are; people who are
 * mentioned, addresses and links become what they are everywhere else; all other words become words that mean nothing here.
 *
 * @param isName tells whether a word is somebody's name
 */
export function createTexts(
  keys: Keys,
  names: Names,
  contacts: Contacts,
  isName: (word: string) => boolean,
): (text: string) => string {
  return (text) => {
    const pieces = cut(text, (piece) => {
      if (piece.kind === 'tag') return piece.text.replace(/\s.*?(?=\/?>$)/s, '');
      if (piece.kind === 'link') return contacts.link(piece.text);
      if (piece.kind === 'email') return contacts.email(piece.text);
      if (piece.kind === 'phone') return contacts.phone(piece.text);
      return isName(piece.text) ? names.word(piece.text) : undefined;
    });
    fit(pieces, text.length);
    const digest = keys.digest('text', text);
    mixLengths(pieces, digest);
    return pieces.map((piece, place) => piece.written ?? fill(keys, piece, `${digest} ${place}`)).join('');
  };
}

interface Piece {
  kind: 'tag' | 'link' | 'email' | 'phone' | 'word' | 'rest';
  text: string;
  /** What it becomes; undefined for a word that any other may stand for. */
  written?: string | undefined;
  /** How long the other word is. */
  length: number;
}

/** The elements of HTML that stay in a text. */
export const elements: readonly string[] =
  'p br ul ol li a b i u s em strong h1 h2 h3 h4 h5 h6 div span img table thead tbody tr td th hr pre code blockquote section'.split(
    ' ',
  );

const piecePattern = new RegExp(
  [
    String.raw`(?<tag><\/?(?:${elements.join('|')})\b[^<>]*>)`,
    String.raw`(?<rest>&(?:amp|lt|gt|quot|apos|nbsp);)`,
    String.raw`(?<link>[a-z][a-z0-9+.-]*:\/\/[^\s<>"')\]]+|www\.[^\s<>"')\]]+)`,
    String.raw`(?<email>${emailPattern.source}(?<=@[^@]*[^@.]\.[^@.]+))`,
    `(?<phone>${phonePattern.source})`,
    `(?<word>${wordPattern.source})`,
  ].join('|'),
  'giu',
);

function cut(text: string, write: (piece: Piece) => string | undefined): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(piecePattern)) {
    if (match.index > end) pieces.push(restPiece(text.slice(end, match.index)));
    const [kind = 'rest'] = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined) ?? [];
    const piece: Piece = { kind: kind as Piece['kind'], text: match[0], length: match[0].length };
    pieces.push(kind === 'rest' ? restPiece(match[0]) : { ...piece, written: write(piece) });
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push(restPiece(text.slice(end)));
  return pieces;
}

/** Marks, blanks, signs. Accents that belong to no letter could spell something, as invisible letters can. */
function restPiece(text: string): Piece {
  return { kind: 'rest', text, written: text.replaceAll(/[\p{M}\p{Cf}]/gu, ' '), length: text.length };
}

/** Makes words shorter or longer, so that the whole text keeps its length although names and addresses have another one. */
function fit(pieces: Piece[], length: number): void {
  let missing = length;
  for (const { written, length: own } of pieces) missing -= written === undefined ? own : written.length;
  const words = pieces.filter(({ written, text }) => written === undefined && isLatinWord(text));
  for (const word of words) {
    const change =
      missing > 0
        ? Math.min(missing, Math.max(0, longest - word.length))
        : Math.max(missing, 1 - word.length);
    word.length += change;
    missing -= change;
    if (missing === 0) return;
  }
  if (missing > 0) pieces.push({ kind: 'word', text: 'x', length: missing });
}

/** How long words stand in a line tells a known text, so they change places. */
function mixLengths(pieces: Piece[], digest: string): void {
  let line: Piece[] = [];
  const mix = () => {
    for (let place = line.length - 1; place > 0; place -= 1) {
      const [one, other] = [line[place], line[numberFrom(digest, place, place + 1)]];
      if (one && other) [one.length, other.length] = [other.length, one.length];
    }
    line = [];
  };
  for (const piece of pieces) {
    if (piece.kind === 'rest' && piece.text.includes('\n')) mix();
    else if (piece.written === undefined && isLatinWord(piece.text)) line.push(piece);
  }
  mix();
}

function isLatinWord(text: string): boolean {
  return /^\p{Script=Latin}/u.test(text);
}

/** A word of the length that a piece has to have, in its script and case. */
function fill(keys: Keys, { text, length }: Piece, seed: string): string {
  if (/^\p{N}/u.test(text)) {
    const digest = keys.digest('text', seed);
    return Array.from({ length }, (_digit, place) => numberFrom(digest.slice(place % 40), 0, 10)).join('');
  }
  const script = scriptOf(text);
  if (script) return script.filler.repeat(length);
  if (!isLatinWord(text)) return otherScript(text, length);
  const words: string[] = [];
  for (let left = length, place = 0; left > 0; place += 1) {
    const most = Math.min(left, longest);
    // A blank goes between two words, and a word after it.
    const next = left > longest ? Math.min(most, left - 2) : most;
    const choices = byLength.get(next) ?? ['x'];
    words.push(choices[keys.choose('text', `${seed} ${place}`, choices.length)] ?? 'x');
    left -= next + 1;
  }
  return inCaseOf(text, words.join(' '));
}

/** The first letter of the word as often as that: no word of its language, and of its script. */
function otherScript(text: string, length: number): string {
  const letter = text[0] ?? '';
  const made = letter.repeat(length);
  return made === text || !/^\p{L}/u.test(text) || /^[\ud800-\udfff]/.test(letter)
    ? 'x'.repeat(length)
    : made;
}

/** The words that fill texts: a list that is known, so that a name among them is known for a common word. */
export const fillers: readonly string[] = ['x', ...new Set(faker.definitions.lorem.word)].filter((word) =>
  /^[a-z]+$/.test(word),
);

const byLength = Map.groupBy(fillers, ({ length }) => length);
const longest = 12;
