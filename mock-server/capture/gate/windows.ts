import { isOneWord } from '../stand-ins/identifiers.ts';
import { normalise } from '../words.ts';

/** One word of an output, and how it is joined to the word before it. */
export interface Token {
  word: string;
  /** `tight`: marks at most, no blank; `field`: the word before it stands in another field. */
  joint: 'tight' | 'blank' | 'field';
}

/** Some words that follow each other, as one; valid until the next one is asked for. */
export interface Window {
  joined: string;
  words: readonly string[];
  hasBlank: boolean;
  hasField: boolean;
}

/** The words of a text with their joints. */
export function tokensOf(text: string): Token[] {
  const plain = normalise(
    text.replaceAll(idPattern, (run) => (isOneWord(run) ? run.replaceAll(/[_-]/g, '') : run)),
  );
  const tokens: Token[] = [];
  let end = 0;
  for (const match of plain.matchAll(/[\p{L}\p{N}]+/gu)) {
    const joint =
      tokens.length === 0 ? 'field' : /\s/.test(plain.slice(end, match.index)) ? 'blank' : 'tight';
    tokens.push({ word: match[0], joint });
    end = match.index + match[0].length;
  }
  return tokens;
}

/** What may be an id. Between its strokes any short name may stand by chance: among a hundred thousand UUIDs several say Cade. */
const idPattern = /[\w-]{20,}/g;

/**
 * All runs of words that could be one original: whole addresses and links, and words that were cut in pieces. Few are cut
 * more than twice; only single letters and digits may go on for longer, `A d a` and `541 555 01 42`.
 */
export function* windowsOf(tokens: readonly Token[]): Generator<Window> {
  for (const [start, first] of tokens.entries()) {
    const words = [first.word];
    let [joined, gaps, hasBlank, hasField] = [first.word, 0, false, false];
    let isLetters = first.word.length === 1;
    yield { joined, words, hasBlank, hasField };
    for (let place = start + 1; place < tokens.length && words.length < most; place += 1) {
      const { word, joint } = tokens[place] ?? first;
      isLetters &&= word.length === 1;
      if (joint !== 'tight') gaps += 1;
      if ((gaps > mostGaps && !isLetters) || joined.length + word.length > longest) break;
      hasBlank ||= joint === 'blank';
      hasField ||= joint === 'field';
      joined += word;
      words.push(word);
      yield { joined, words, hasBlank, hasField };
    }
  }
}

const most = 12;
const mostGaps = 2;
const longest = 100;

/** Runs of digits, in pieces or whole, as numbers to call are written: each from one blank or field to another. */
export function numbersOf(tokens: readonly Token[], starts: readonly string[]): string[] {
  const found: string[] = [];
  let chunks: string[] = [];
  const end = () => {
    const whole = chunks.join('');
    found.push(whole);
    // What begins like an invented number is one as a whole: the rest of it may look like any.
    if (!starts.some((start) => whole.startsWith(start))) {
      for (let first = 0; first < chunks.length; first += 1) {
        for (let last = first + 1; last <= Math.min(chunks.length, first + mostChunks); last += 1) {
          found.push(chunks.slice(first, last).join(''));
        }
      }
    }
    chunks = [];
  };
  for (const { word, joint } of tokens) {
    if (!/^\d+$/.test(word)) end();
    else if (joint === 'tight' && chunks.length > 0) chunks.push(`${chunks.pop() ?? ''}${word}`);
    else chunks.push(word);
  }
  end();
  return found.filter((number) => number.length >= 7 && number.length <= 15);
}

const mostChunks = 6;

/** The pieces of a word in a script without blanks that a name may be; no other word has pieces. */
export function* piecesOf(word: string): Generator<string> {
  const letters = Array.from(word);
  for (let start = 0; start < letters.length; start += 1) {
    for (let length = 2; length <= 6 && start + length <= letters.length; length += 1) {
      if (length < letters.length) yield letters.slice(start, start + length).join('');
    }
  }
}
