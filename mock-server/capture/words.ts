// What counts as the same word: case, accents, compatibility forms and invisible letters make no difference.

/** A text as it is compared: small letters without accents. */
export function normalise(text: string): string {
  if (isPlain.test(text)) return text.toLowerCase();
  return text.normalize('NFKD').replaceAll(ignored, '').toUpperCase().toLowerCase().normalize('NFKC');
}

// oxlint-disable-next-line no-control-regex -- every text of ASCII alone
const isPlain = /^[\0-\x7f]*$/;
/** Accents, and what shows as nothing: joiners, soft hyphens, marks of direction. */
const ignored = /[\p{M}\p{Cf}]/gu;

/** The words of a text, normalised, in their order. */
export function wordsOf(text: string): string[] {
  return normalise(text).match(normalWord) ?? [];
}

const normalWord = /[\p{L}\p{N}]+/gu;

/** Letters and digits, and signs that stand for such: in a circle or a box, as a unit, as a radical or between lines. */
const letter = String.raw`\p{L}\p{N}\u20a8\u2100-\u2109\u2116\u2120-\u2122\u213b\u2460-\u24ff\u2e80-\u2fdf\u3190-\u33ff\ufdfc\u{1ccd6}-\u{1ccef}\u{1f100}-\u{1f2ff}`;

/** One word as it stands in a text, with its accents. */
export const wordPattern = new RegExp(`[${letter}][${letter}\\p{M}\\p{Cf}]*`, 'gu');

/** All letters and digits of a text in one piece: what is left of it however it is cut up. */
export function squash(text: string): string {
  return wordsOf(text).join('');
}

/** How letters of one script make up invented words, and what fills a text in it. */
export interface Script {
  name: string;
  pattern: RegExp;
  /** One letter of each is a syllable. */
  first: string;
  second: string;
  /** A letter that stands for any other in a text; no name is made of it alone. */
  filler: string;
  /** How many syllables an invented word has. */
  syllables: number;
}

/** The scripts that stand-ins are written in; anything else is written in Latin letters. */
const scripts: readonly Script[] = [
  script('Cyrillic', 'бвгдзклмнпрстфх', 'аеиоу', 'ъ', 4),
  script('Greek', 'βγδζθκλμνπρστφχ', 'αεηιου', 'ξ', 4),
  script('Han', '亍伃佢侊倞傒僝兟凪劼勍匜厽呡咈哃', '嚚坰垙埮堎墢奡妧姞娍婔嬿孨宓尪岍', '某', 2),
  script('Hiragana', 'ぬへほむめもゆよろわ', 'ぬへほむめもゆよろわ', 'ぬ', 4),
  script('Katakana', 'ヌヘホムメモユヨロワ', 'ヌヘホムメモユヨロワ', 'ヌ', 4),
  script('Hangul', '갹긱뇨뉴댱듀랼뮥뱍뵤', '쇽슉얍웁쟉쥽챱컙턉픕', '뷁', 2),
  script('Arabic', 'ثخذضظغق', 'اويةى', 'ظ', 4),
  script('Hebrew', 'גזטצקדס', 'אוהי', 'ץ', 4),
  script('Devanagari', 'ङञझठढथध', 'ङञझठढथध', 'ङ', 4),
  script('Thai', 'ฆฌฎฏฐฑฒ', 'ฆฌฎฏฐฑฒ', 'ฆ', 4),
  script('Armenian', 'բգդզթժլխ', 'աեիու', 'ֆ', 4),
  script('Georgian', 'ბგდზთკლმ', 'აეიოუ', 'ჯ', 4),
];

function script(name: string, first: string, second: string, filler: string, syllables: number): Script {
  return { name, pattern: new RegExp(`\\p{Script=${name}}`, 'u'), first, second, filler, syllables };
}

/** The script that a word is written in; undefined for Latin and all that has no table. */
export function scriptOf(word: string): Script | undefined {
  return isPlain.test(word) ? undefined : scripts.find(({ pattern }) => pattern.test(word));
}

/** Whether a text has letters of a script that puts no blanks between words. */
export function isUnspaced(text: string): boolean {
  return !isPlain.test(text) && unspaced.test(text);
}

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;
