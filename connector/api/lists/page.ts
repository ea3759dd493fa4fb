import { hash } from 'node:crypto';
import { sql } from 'kysely';
import type { ModelName } from '../../models/model.ts';
import { catchUp, keep, type KeptList, readReadyPage } from '../../store/queries/ready-items.ts';
import type { Database } from '../../store/schema.ts';
import { type Change, changeOf, type Since } from './changed-rows.ts';
import { allOf, type Fragment } from './filters.ts';
import { anyFields, readRawFields, type RawFields } from './items.ts';
import { withParts, type Parted, type Parts } from './parts.ts';

/** What the rows of a list are, and how they become items. */
export interface PagedList {
  model: ModelName;
  /** What the fragments of the list call the listed row. */
  row: string;
  /** The item as a JSON object that the database makes. */
  item: (fields: RawFields) => Fragment;
  /** Whether items have raw fields, which an integration may show otherwise than they were stored. */
  hasRawFields?: boolean;
  /** Nested records that are read beside the rows; the item ends in front of them, and `tail` goes on behind. */
  parts?: () => Parts;
  tail?: () => Fragment;
  /** When a row counts as changed though its own record did not (kombo-unified-api §5.2). */
  nestedChanges: (asked: Since) => readonly Change[];
  /**
   * The changes that items show without counting as changed. A list that has this keeps its items ready, and throws them away at
   * these changes, those that count, and those of its own rows; which tables they are of stands in migration `0021-ready-items`.
   */
  silentChanges?: (asked: Since) => readonly Change[];
}

/** Which page of a list. */
interface AskedPage {
  list: PagedList;
  integrationId: string;
  filters: readonly (Fragment | undefined)[];
  /** The number of the row that it comes after. */
  after: string;
  /** How many items it may have. */
  size: number;
}

/** The items of a page, as JSON: one to a piece, or all in one with commas between them. */
interface ReadPage {
  items: readonly Buffer[];
  /** The number of its last row, where another page follows. */
  next: string | null;
}

/** Reads a page of what is kept ready, or makes it and keeps it, where the list does so. */
export async function readKeptPage(database: Database, asked: AskedPage): Promise<ReadPage> {
  const { list, integrationId, size } = asked;
  const { model, row, nestedChanges, silentChanges } = list;
  if (silentChanges === undefined) return makePage(database, asked);

  const kept: KeptList = { integrationId, model, shape: shapeOf(database, list) };
  const ready = await readReadyPage(database, kept, {
    row,
    condition: conditionOf(asked, asked.after),
    size,
  });
  if (ready.ready === ready.count) {
    const items = ready.json === null ? [] : [Buffer.from(ready.json)];
    return { items, next: ready.count > size ? ready.last : null };
  }
  // In a transaction of others nothing is kept.
  if (database.isTransaction) return makePage(database, asked);
  return database.transaction().execute(async (transaction) => {
    const isCaughtUp = await catchUp(transaction, kept, (since) => {
      const moment = { since, integrationId };
      const own = changeOf(model, sql`changed.id`, moment);
      const changes = [own, ...nestedChanges(moment), ...silentChanges(moment)];
      return sql.join(
        changes.map(({ from, parent }) => sql`select ${parent} from ${from}`),
        sql` union all `,
      );
    });
    return makePage(transaction, asked, isCaughtUp ? (page) => keep(kept, page) : undefined);
  });
}

/** One row of a list: its place in the order of the list, and the item as JSON text. */
interface ListedRow {
  number: string;
  id: string;
  json: string;
  /** Where the rows have parts that are read beside them. */
  tail: string | null;
}

/**
 * Makes a page of the rows as they are.
 *
 * @param keeping adds to the statement that makes items what keeps them
 */
export async function makePage(
  database: Database,
  asked: AskedPage,
  keeping: (page: Fragment) => Fragment = (page) => page,
): Promise<ReadPage> {
  const { list, integrationId, after, size } = asked;
  const fields = list.hasRawFields ? await readRawFields(database, integrationId) : anyFields;
  const number = sql.ref(`${list.row}.number`);
  const readBehind = async (last: string, limit: number) => {
    const page = sql<ListedRow>`
        select
          ${number}::text as number,
          ${sql.ref(`${list.row}.id`)},
          ${list.item(fields)}::text as json,
          ${list.tail?.() ?? sql`null`}::text as tail
        from ${sql.table(list.model)} as ${sql.id(list.row)}
        where ${conditionOf(asked, last)}
        order by ${number}
        limit ${limit}::integer`;
    const { rows } = await sql<ListedRow>`${keeping(page)}`.execute(database);
    return rows;
  };
  const { rows, isLast } = await readSlices(readBehind, after, size);
  const items = list.parts
    ? await withParts(database, list.parts(), rows.map(toParted), largestPage)
    : rows.map(({ json }) => Buffer.from(json));
  const last = rows[items.length - 1];
  const isOver = last === undefined || (isLast && items.length === rows.length);
  return { items, next: isOver ? null : last.number };
}

function conditionOf({ list, filters }: AskedPage, after: string): Fragment {
  return allOf([...filters, sql`${sql.ref(`${list.row}.number`)} > ${after}::bigint`]);
}

function toParted({ id, json, tail }: ListedRow): Parted {
  return { id, json, tail: tail ?? '{}' };
}

/**
 * Reads a page in two slices, the second of which is as large as it may be after what the first has shown. Rows can have
 * megabytes, and neither the embedded database nor a caller can take hundreds of those at once: a page of such rows ends
 * early, and `next` leads to the others.
 *
 * @param readBehind reads so many rows behind one, by their numbers
 * @param largest characters that a page of more than one row may have
 */
export async function readSlices<Row extends Pick<ListedRow, 'number' | 'json'>>(
  readBehind: (last: string, limit: number) => Promise<Row[]>,
  after: string,
  size: number,
  largest = largestPage,
): Promise<{ rows: Row[]; isLast: boolean }> {
  const rows: Row[] = [];
  let length = 0;
  for (let limit = Math.min(size, firstSlice); ;) {
    // One row more than is shown tells whether there is another page.
    const read = await readBehind(rows.at(-1)?.number ?? after, limit + 1);
    for (const row of read.slice(0, limit)) {
      if (length > 0 && length + row.json.length > largest) return { rows, isLast: false };
      rows.push(row);
      length += row.json.length;
    }
    if (read.length <= limit) return { rows, isLast: true };
    const fitting = Math.floor((largest - length) / (length / rows.length));
    limit = Math.min(size - rows.length, fitting);
    if (limit <= 0) return { rows, isLast: false };
  }
}

const firstSlice = 20;

/** Characters. */
const largestPage = 32_000_000;

const shapes = new WeakMap<PagedList, string>();

/** Tells items apart that are made otherwise: by the statement that makes them. */
function shapeOf(database: Database, list: PagedList): string {
  const known = shapes.get(list);
  if (known !== undefined) return known;
  const shape = hash('sha256', list.item(anyFields).compile(database).sql).slice(0, 16);
  shapes.set(list, shape);
  return shape;
}
