import { sql, type RawBuilder } from 'kysely';
import type { Database } from '../../store/schema.ts';
import type { Fragment } from './filters.ts';

/**
 * Nested records that can be so large that a row with all of them is more than the embedded database can make at once.
 * They are read beside their rows, a few megabytes at a time, and put where they belong.
 */
export interface Parts {
  /** The key that they stand under, between `json` and `tail` of their row. */
  key: string;
  /** Names the parts of rows, in their order, with about how many characters each has. */
  lengths: (owners: Fragment) => RawBuilder<{ owner: string; id: string; length: number }>;
  /** Reads parts by their ids. */
  statement: (ids: Fragment) => RawBuilder<{ id: string; json: string }>;
}

/** A row whose parts are read beside it. */
export interface Parted {
  id: string;
  /** A JSON object with the keys in front of the parts. */
  json: string;
  /** A JSON object with the keys behind them. */
  tail: string;
}

/**
 * Reads the parts of as many rows as have no more than so many characters together; the first row is always one of them.
 *
 * @returns the rows with their parts, as JSON
 */
export async function withParts(
  database: Database,
  { key, lengths, statement }: Parts,
  rows: readonly Parted[],
  largest: number,
): Promise<Buffer[]> {
  if (rows.length === 0) return [];
  const named = await lengths(idsOf(rows)).execute(database);
  const ofRows = Map.groupBy(named.rows, ({ owner }) => owner);
  const fitting: Parted[] = [];
  let length = 0;
  for (const row of rows) {
    length += row.json.length + (ofRows.get(row.id) ?? []).reduce((sum, part) => sum + part.length, 0);
    if (fitting.length > 0 && length > largest) break;
    fitting.push(row);
  }
  const read = new Map<string, Buffer>();
  for (const ids of inPieces(fitting.flatMap(({ id }) => ofRows.get(id) ?? []))) {
    const { rows: parts } = await statement(idsOf(ids)).execute(database);
    for (const { id, json } of parts) read.set(id, Buffer.from(json));
  }
  return fitting.map(({ id, json, tail }) => {
    // One that is gone by now is left out.
    const parts = (ofRows.get(id) ?? []).flatMap((part) => read.get(part.id) ?? []);
    const list = parts.flatMap((part, index) => (index > 0 ? [comma, part] : [part]));
    const open = Buffer.from(`${json.slice(0, -1)},${JSON.stringify(key)}:[`);
    return Buffer.concat([open, ...list, Buffer.from(`],${tail.slice(1)}`)]);
  });
}

const comma = Buffer.from(',');

function idsOf(named: readonly { id: string }[]): Fragment {
  return sql`${named.map(({ id }) => id)}::text[]`;
}

/** Cuts parts into pieces of a few megabytes. */
function inPieces<Part extends { length: number }>(parts: readonly Part[]): Part[][] {
  const pieces: Part[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const part of parts) {
    if (length + part.length > largestPiece) {
      pieces.push([]);
      length = 0;
    }
    pieces.at(-1)?.push(part);
    length += part.length;
  }
  return pieces;
}

/** Characters. */
const largestPiece = 8_000_000;
