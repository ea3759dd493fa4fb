import { numberFrom, type Keys } from '../keys.ts';
import { normalise, scriptOf, wordPattern, type Script } from '../words.ts';

/** Gives words, and all that is made of names, another name: the same for the same word, wherever it stands. */
export interface Names {
  /** The stand-in of one word of a name, in its script and its case. */
  word(word: string): string;
  /** A text with every word replaced: `Ada M. O’Neil` stays a name of that build. */
  name(text: string): string;
  /** An invented word that follows from anything. @param like a text whose script it takes */
  invent(purpose: string, text: string, like?: string): string;
}

/**
 * Names that nobody bears. They are invented and not taken from lists of names: in a large account every common name is
 * somebody's, and then nobody could tell a stand-in from a leak (decision 0012).
 */
export function createNames(keys: Keys): Names {
  const word = (original: string): string => {
    const plain = normalise(original);
    const digest = keys.digest('name', plain);
    if (/^\p{N}+$/u.test(plain)) return digitsLike(original, digest);
    if (plain.length === 1 && /^[a-z]$/.test(plain)) return inCaseOf(original, otherLetter(plain, digest));
    return inCaseOf(original, inventWord(scriptOf(original), digest));
  };
  return {
    word,
    name(text) {
      if (text.trim() === '') return text;
      wordPattern.lastIndex = 0;
      return wordPattern.test(text)
        ? text.replaceAll(wordPattern, word)
        : inventWord(undefined, keys.digest('name', text));
    },
    invent: (purpose, text, like = '') =>
      inCaseOf(like === '' ? 'Word' : like, inventWord(scriptOf(like), keys.digest(purpose, text))),
  };
}

/** Syllables and an ending: `tobirix`. */
function inventWord(script: Script | undefined, digest: string): string {
  const first = script?.first ?? consonants;
  const second = script?.second ?? vowels;
  const syllables = script?.syllables ?? 2 + numberFrom(digest, 3, 2);
  let word = '';
  for (let place = 0; place < syllables; place += 1) {
    const chosen = numberFrom(digest, place, first.length * second.length);
    word += (first[chosen % first.length] ?? '') + (second[Math.floor(chosen / first.length)] ?? '');
  }
  return script ? word : word + (endings[numberFrom(digest, 4, endings.length)] ?? '');
}

const consonants = 'bdfgklmnprstvz';
const vowels = 'aeiou';
/** No name known to us ends like this after an open syllable; a test holds them against the names of all languages it can find. */
export const endings: readonly string[] = [
  'rix',
  'vex',
  'nax',
  'lox',
  'dax',
  'zeq',
  'qor',
  'xim',
  'vuz',
  'qin',
  'xal',
  'zoq',
];

function otherLetter(letter: string, digest: string): string {
  const place = letter.charCodeAt(0) - firstLetter;
  return String.fromCharCode(firstLetter + ((place + 1 + numberFrom(digest, 0, 25)) % 26));
}

const firstLetter = 'a'.charCodeAt(0);

/** As many digits. */
function digitsLike(original: string, digest: string): string {
  return Array.from(original, (_digit, place) => numberFrom(digest + digest, place, 10)).join('');
}

/** A word with the case and the foreignness of another: `ADA` shouts, `Zoë` has an accent. */
export function inCaseOf(original: string, word: string): string {
  const accented = isAccented.test(original)
    ? word.replace(/[aeiou]/, (vowel) => accents[vowel] ?? vowel)
    : word;
  const [initial = ''] = original;
  if (initial === initial.toLowerCase()) return accented;
  const shouts = original.length > 1 && original === original.toUpperCase();
  return shouts ? accented.toUpperCase() : accented.slice(0, 1).toUpperCase() + accented.slice(1);
}

const isAccented = /[\u00c0-\u024f\u1e00-\u1eff]|\p{Script=Latin}\p{M}/u;
const accents: Readonly<Record<string, string>> = { a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú' };
