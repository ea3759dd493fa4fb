import type { Steps } from '../machine/slices.ts';

/** Records whose texts lie in one buffer: few enough to write anew when one of them has changed. */
const blockSize = 512;

interface Block {
  records: readonly object[];
  /** All texts of each record in small letters, one after the other. */
  bytes: Buffer;
  /** Where the texts of each record begin. */
  starts: readonly number[];
}

/**
 * All texts of many records, as bytes that are searched at once: that is ten times as fast as to look into each record. Only
 * blocks in which a record has changed are written anew.
 */
export class RecordTexts {
  #blocks: Block[] = [];

  /** The records that hold a text anywhere, step by step. @param wanted in small letters */
  *holding(records: readonly object[], wanted: string): Steps<ReadonlySet<object>> {
    const holding = new Set<object>();
    const bytes = Buffer.from(wanted);
    const blocks: Block[] = [];
    for (let first = 0; first < records.length; first += blockSize) {
      const known = this.#blocks[first / blockSize];
      const isKnown = known !== undefined && isSame(known.records, records, first);
      const block = isKnown ? known : writeBlock(records.slice(first, first + blockSize));
      blocks.push(block);
      search(block, bytes, holding);
      yield;
    }
    this.#blocks = blocks;
    return holding;
  }
}

function isSame(known: readonly object[], records: readonly object[], first: number): boolean {
  if (known.length !== Math.min(blockSize, records.length - first)) return false;
  return known.every((record, index) => record === records[first + index]);
}

function search({ records, bytes, starts }: Block, wanted: Buffer, holding: Set<object>): void {
  let index = 0;
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, starts[index])) {
    while ((starts[index + 1] ?? Infinity) <= at) index += 1;
    const record = records[index];
    if (record) holding.add(record);
    index += 1;
    if (index >= records.length) return;
  }
}

function writeBlock(records: readonly object[]): Block {
  const written = records.map((record) => {
    const values: string[] = [];
    collect(record, values);
    return Buffer.from(`${values.join('\0')}\0`.toLowerCase());
  });
  let at = 0;
  const starts = written.map(({ length }) => {
    const start = at;
    at += length;
    return start;
  });
  return { records, bytes: Buffer.concat(written, at), starts };
}

/** Gathers all that stands in a value; nothing that is looked for goes over from one to the next. */
function collect(value: unknown, values: string[]): void {
  if (typeof value === 'object' && value !== null) {
    for (const one of Object.values(value)) collect(one, values);
  } else if (value !== undefined) values.push(String(value));
}
