import type { Steps } from '../machine/slices.ts';

/** Records whose texts lie in one text: few enough to write anew when one of them has changed. */
const blockSize = 512;

interface Block {
  records: readonly object[];
  /** All texts of each record in small letters, one after the other. */
  text: string;
  /** Where the texts of each record begin, and where those of the last one end. */
  starts: readonly number[];
}

/** How many words are remembered with where they stand: those that somebody goes through while typing one. */
const knownWords = 12;

/**
 * All texts of many records, each block of them one text that is searched at once: that is ten times as fast as to look into each
 * record. Only
 * blocks in which a record has changed are written anew. Who types a word letter by letter is answered from where its beginning
 * was found.
 */
export class RecordTexts {
  readonly #blocks: Block[] = [];
  /** The list that was searched last, which of its blocks are known to be right, and where words stand in it. */
  #last = lastOf([]);

  /**
   * The places of the records that hold a text anywhere, from the first to the last, step by step.
   *
   * @param records the same list, as long as nothing has changed
   * @param wanted in small letters
   * @param among only these places are asked for; without them, all
   */
  *holding(records: readonly object[], wanted: string, among?: readonly number[]): Steps<readonly number[]> {
    const { places: known } = this.#of(records);
    const found = known.get(wanted);
    if (found) return among ? common(found, among) : found;
    const narrow = narrowest(known, wanted);
    const within = among && narrow ? common(narrow, among) : (among ?? narrow);
    const holding: number[] = [];
    let next = 0;
    for (let first = 0; first < records.length; first += blockSize) {
      const end = first + blockSize;
      const from = next;
      if (within) next = firstFrom(within, end, from);
      // Where no record holds a part of it, none holds the whole.
      if (within && next === from) continue;
      const block = this.#block(records, first);
      if (within && next - from < fewInBlock) {
        for (const place of within.slice(from, next)) {
          if (holds(block, place - first, wanted)) holding.push(place);
        }
      } else search(block, wanted, (at) => holding.push(first + at));
      yield;
    }
    if (among) return common(holding, among);
    known.set(wanted, holding);
    for (const word of known.keys()) {
      if (known.size <= knownWords) break;
      known.delete(word);
    }
    return holding;
  }

  /** Writes what is not written yet, so that a search has only to look. */
  *write(records: readonly object[]): Steps<void> {
    for (let first = 0; first < records.length; first += blockSize) {
      this.#block(records, first);
      yield;
    }
  }

  /** The texts of the records from a place on. Two searches at a time share what either of them has written. */
  #block(records: readonly object[], first: number): Block {
    const number = first / blockSize;
    const { right } = this.#of(records);
    const known = this.#blocks[number];
    if (known && right.has(number)) return known;
    right.add(number);
    return (this.#blocks[number] =
      known && isSame(known.records, records, first) ? known : sharedBlock(records, first));
  }

  #of(list: readonly object[]) {
    if (this.#last.list !== list) this.#last = lastOf(list);
    return this.#last;
  }
}

function lastOf(list: readonly object[]) {
  return { list, right: new Set<number>(), places: new Map<string, readonly number[]>() };
}

/** Worlds of one scenario share their records, and so the texts of these. */
function sharedBlock(records: readonly object[], first: number): Block {
  const key = records[first];
  const known = key && shared.get(key);
  if (known && isSame(known.records, records, first)) return known;
  const block = writeBlock(records.slice(first, first + blockSize));
  if (key) shared.set(key, block);
  return block;
}

/** The blocks that were written last, by their first records. */
const shared = new WeakMap<object, Block>();

/** So few records of a block are looked at one by one. */
const fewInBlock = 24;

/** Where the longest known part of a text stands. */
function narrowest(
  known: ReadonlyMap<string, readonly number[]>,
  wanted: string,
): readonly number[] | undefined {
  let longest: string | undefined;
  for (const word of known.keys()) {
    if (wanted.includes(word) && word.length > (longest?.length ?? 0)) longest = word;
  }
  return longest === undefined ? undefined : known.get(longest);
}

/** The index of the first place that is no lower than another one. */
function firstFrom(places: readonly number[], end: number, from: number): number {
  let at = from;
  while ((places[at] ?? Infinity) < end) at += 1;
  return at;
}

/** What two rising lists have in common. */
function common(one: readonly number[], other: readonly number[]): readonly number[] {
  if (one === other) return one;
  let at = 0;
  return one.filter((place) => {
    while ((other[at] ?? Infinity) < place) at += 1;
    return other[at] === place;
  });
}

function isSame(known: readonly object[], records: readonly object[], first: number): boolean {
  if (known.length !== Math.min(blockSize, records.length - first)) return false;
  return known.every((record, index) => record === records[first + index]);
}

function holds({ text, starts }: Block, at: number, wanted: string): boolean {
  return text.slice(starts[at], starts[at + 1]).includes(wanted);
}

function search({ records, text, starts }: Block, wanted: string, tell: (at: number) => void): void {
  let index = 0;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, starts[index])) {
    while ((starts[index + 1] ?? Infinity) <= at) index += 1;
    if (index >= records.length) return;
    tell(index);
    index += 1;
    if (index >= records.length) return;
  }
}

function writeBlock(records: readonly object[]): Block {
  const written = records.map((record) => textsOf(record).toLowerCase());
  let at = 0;
  return {
    records,
    text: written.join(''),
    starts: [0, ...written.map(({ length }) => (at += length))],
  };
}

/** All that stands in a value; nothing that is looked for goes over from one to the next. */
function textsOf(value: unknown): string {
  if (typeof value === 'string') return `${value}\0`;
  if (typeof value !== 'object' || value === null) return value === undefined ? '' : `${String(value)}\0`;
  let texts = '';
  for (const one of Object.values(value)) texts += textsOf(one);
  return texts;
}
