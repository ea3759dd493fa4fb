import { describedFields, describedWords, toLines, type Line } from './gate/lines.ts';
import { Fingerprints, kinds } from './gate/fingerprints.ts';
import { findOriginals, shortestInText, shortestName } from './gate/originals.ts';
import { encodings, readings, type Encoding } from './gate/unwrap.ts';
import { numbersOf, piecesOf, tokensOf, windowsOf, type Token, type Window } from './gate/windows.ts';
import { createKeys } from './keys.ts';
import type { WireSchema } from './fields.ts';
import { phoneStarts, publicSegments, significant } from './stand-ins/contacts.ts';
import { isFileStandIn } from './stand-ins/files.ts';
import { elements, fillers } from './stand-ins/texts.ts';
import { isUnspaced, squash, wordsOf } from './words.ts';

/** The checks of the gate. Each finds what no other finds; a test takes out each and sees its leak pass. */
export const gateChecks = [
  'names',
  'full names',
  'names apart',
  'names in running text',
  'short names in base64',
  'e-mails',
  'phones',
  'handles',
  'ids',
  'links',
  'tokens',
  'texts',
  'values',
  'split',
  'split over fields',
  ...Object.keys(encodings),
];

/** Something of the account that stands in the output: where, and what found it, and never what it is. */
export interface Leak {
  place: string;
  check: string;
}

/**
 * Knows, by keyed fingerprints alone, what points at somebody in an account, and looks for it in what is about to be written
 * (decision 0012).
 */
export interface Gate {
  /** Learns what a record must not leave behind. */
  learn(schema: WireSchema, original: unknown): void;
  /** Whether a word is part of the name of somebody who was learnt. */
  isName(word: string): boolean;
  /** A text that may stand in the output, such as a value that is kept: its words are no leak by themselves. */
  allow(text: string): void;
  /** A value that must not stand in the output. */
  forbid(text: string): void;
  /** Looks for leaks. @param output a text, or a value whose texts are all looked at @param place what the output is called */
  check(place: string, output: unknown): Leak[];
  /** What was learnt since the last time, sealed; undefined where that is nothing. */
  changes(): Uint8Array | undefined;
  /** @throws Error where another salt has sealed it */
  restore(changes: Uint8Array): void;
}

/**
 * Makes a gate that knows nobody yet.
 *
 * @param options.without checks that are left out, to prove that each is needed
 */
export function createGate(
  salt: Uint8Array | string,
  { without = [] }: { without?: readonly string[] } = {},
): Gate {
  const keys = createKeys(salt);
  const known = new Fingerprints(keys);
  const allowed = new Set<string>();
  const isAllowedWord = (word: string) => everyonesWords.has(word) || allowed.has(word);
  const allowedValues = new Set<string>();
  const usedEncodings = Object.keys(encodings).filter((name): name is Encoding => !without.includes(name));

  const add = (text: string, kind: number) => known.add(text, kind);
  const look = (text: string) => known.kindsOf(text);

  /** What a run of words is found to be. */
  function* judge({ joined, words, hasBlank, hasField }: Window, isNameField = false): Generator<string> {
    const [first = '', second = ''] = words;
    const isOne = words.length === 1;
    const how = (check: string) => (hasField ? 'split over fields' : hasBlank ? 'split' : check);
    if (words.length === 2 && !hasField && look(`${first} ${second}`) & kinds.fullName) yield 'full names';
    const found = look(joined);
    if (found === 0) return;
    const isAllowed = words.every(isAllowedWord);
    // Where a name stands, there is no other reason for any word: stand-ins of names are invented.
    const isName = found & kinds.word && isNameLong(joined) && ((isNameField && isOne) || !isAllowed);
    if (isName) yield isOne ? 'names' : how('split');
    if (found & kinds.fullName && words.length !== 2 && !isAllowed) yield isOne ? 'full names' : how('split');
    if (found & kinds.encodedName && isOne && !isAllowed) yield 'short names in base64';
    if (found & kinds.email) yield how('e-mails');
    if (found & kinds.link) yield how('links');
    if (found & kinds.token) yield how('tokens');
    if (joined.length < shortestInText || isAllowed) return;
    if (found & kinds.id) yield how('ids');
    if (found & kinds.handle) yield how('handles');
  }

  /** What is found within one text that the output shows, in one reading of it. */
  function* inspect(text: string, isNameField: boolean): Generator<string> {
    if (isTime.test(text)) return;
    const tokens = tokensOf(text);
    for (const window of windowsOf(tokens)) yield* judge(window, isNameField);
    if (!isTypedNumber.test(text)) yield* inspectNumbers(tokens);
    for (const { word } of tokens) {
      if (!isUnspaced(word)) continue;
      for (const piece of piecesOf(word)) {
        if (look(piece) & (kinds.word | kinds.fullName)) yield 'names in running text';
      }
    }
    const whole = squash(text);
    const found = look(whole);
    if (found === 0 || allowedValues.has(whole) || isAllowedWord(whole)) return;
    if (found & kinds.text) yield 'texts';
    if (found & kinds.value) yield 'values';
    if (whole.length >= shortestName && whole.length < shortestInText) {
      if (found & kinds.id) yield 'ids';
      if (found & kinds.handle) yield 'handles';
    }
  }

  function* inspectNumbers(tokens: readonly Token[]): Generator<string> {
    for (const number of numbersOf(tokens, phoneStarts)) {
      const isOurs = phoneStarts.some((start) => number.startsWith(start));
      const end = number.length > significant && !isOurs ? number.slice(-significant) : number;
      if ((look(number) | look(end)) & kinds.phone) yield 'phones';
    }
  }

  /** What is found only where all texts of an output are seen together. */
  function* inspectTogether(lines: readonly Line[]): Generator<{ line: Line; check: string }> {
    const tokens: Token[] = [];
    const from: Line[] = [];
    const common = new Map<string, Line>();
    for (const line of lines) {
      if (line.isKey || isTime.test(line.text)) continue;
      const own = tokensOf(line.text);
      if (own.length <= mostInName && (line.isName || !allowedValues.has(squash(line.text)))) {
        for (const { word } of own)
          if (common.size < mostCommon && isPartOfName(word)) common.set(word, line);
      }
      // Only the ends of long texts can go on in another field.
      const ends = own.length > 2 * reach ? [...own.slice(0, reach), ...own.slice(-reach)] : own;
      tokens.push(...ends);
      from.push(...ends.map(() => line));
    }
    for (const [place, line] of from.entries()) {
      if (tokens[place]?.joint !== 'field' || place === 0) continue;
      for (const window of windowsOf(tokens.slice(Math.max(0, place - reach), place + reach))) {
        if (window.hasField) for (const check of judge(window)) yield { line, check };
      }
    }
    for (const [one, line] of common) {
      for (const other of common.keys()) {
        if (one < other && common.get(other) !== line && look(`${one} ${other}`) & kinds.fullName) {
          yield { line, check: 'names apart' };
        }
      }
    }
  }

  /** Whether a word may be one half of a name that stands in two fields; who is seen as a name alone is found already. */
  function isPartOfName(word: string): boolean {
    return word.length < shortestName ? /^\p{L}+$/u.test(word) : (look(word) & kinds.word) !== 0;
  }

  return {
    learn: (schema, original) => findOriginals(schema, original, add),
    isName(word) {
      const [plain = ''] = wordsOf(word);
      return plain.length >= shortestName && (look(plain) & kinds.word) !== 0;
    },
    allow(text) {
      for (const word of wordsOf(text)) allowed.add(word);
      allowedValues.add(squash(text));
    },
    forbid(text) {
      const whole = squash(text);
      if (whole.length >= shortestName) add(whole, kinds.value);
    },
    check(place, output) {
      const lines = toLines(output).filter(({ text }) => !isFileStandIn(text));
      const leaks = new Map<string, Leak>();
      const report = (line: Line, check: string) => {
        const leak = { place: [place, ...line.path].join('.'), check };
        if (!without.includes(check)) leaks.set(`${leak.place}\n${check}`, leak);
      };
      for (const line of lines) {
        for (const text of [line.text, ...readings(line.text, usedEncodings)]) {
          for (const check of inspect(text, line.isName)) report(line, check);
        }
      }
      for (const { line, check } of inspectTogether(lines)) report(line, check);
      return [...leaks.values()];
    },
    changes() {
      const changes = known.changes();
      return changes && keys.seal(changes);
    },
    restore(changes) {
      known.restore(keys.open(changes));
    },
  };
}

/** So many common words of a record that are names too are held against each other. */
const mostCommon = 40;
/** A field of more words is a text, not a name. */
const mostInName = 3;
/** How many words of a field can be a piece of a name that goes on in another one. */
const reach = 6;

const isTime = /^\d{4}-\d\d-\d\d(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?$/;
/** What an id holds: a number that is no number to call. */
const isTypedNumber = /^[A-Za-z_]+:\d+$/;

function isNameLong(word: string): boolean {
  return word.length >= shortestName || isUnspaced(word);
}

/** Words that every output has: names of fields, words of lists, what stand-ins of texts are made of. */
const everyonesWords: ReadonlySet<string> = new Set(
  [
    ...describedFields,
    ...describedWords,
    ...publicSegments,
    ...fillers,
    ...elements,
    'example https www com net org us pdf doc docx amp lt gt quot apos nbsp',
  ].flatMap(wordsOf),
);
