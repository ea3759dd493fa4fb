import { sql } from 'kysely';
import { Serialised, toPart } from '../../../contracts/server/serialised.ts';
import type { UnifiedOperations } from '../../../contracts/unified.ts';
import type { ModelName } from '../../models/model.ts';
import type { Database } from '../../store/schema.ts';
import { awaitChanges } from './await-changes.ts';
import { type Change, changedSince, type Since } from './changed-rows.ts';
import { readCursor, writeCursor } from './cursor.ts';
import {
  allOf,
  commonFilters,
  type CommonQuery,
  type Fragment,
  isGiven,
  readMoment,
  unsupportedFilters,
} from './filters.ts';
import { anyFields, readRawFields, type RawFields } from './items.ts';
import { withParts, type Parted, type Parts } from './parts.ts';

/** One row of a list: its place in the order of the list, and the item as JSON text. */
interface ListedRow {
  number: string;
  id: string;
  json: string;
  /** Where the rows have parts that are read beside them. */
  tail: string | null;
}

/** The operations that list the records of a model. */
export type ListOperation = {
  [Id in keyof UnifiedOperations]: UnifiedOperations[Id] extends Listing<infer Query>
    ? keyof CommonQuery extends keyof NonNullable<Query>
      ? Id
      : never
    : never;
}[keyof UnifiedOperations];

interface Listing<Query> {
  parameters: { query?: Query };
  responses: { 200: { content: { 'application/json': Page<unknown> } } };
}

/** What is asked of a list. */
export type QueryOf<Id extends ListOperation> = NonNullable<UnifiedOperations[Id]['parameters']['query']>;

/** What a list has. */
export type ItemOf<Id extends ListOperation> =
  UnifiedOperations[Id]['responses'][200]['content']['application/json']['data']['results'][number];

/** What one list adds to the shared machinery. */
export interface ListDefinition<Query> {
  model: ModelName;
  /** What the fragments of the list call the listed row. */
  row: string;
  /** The list's own filters; undefined where one was not given. */
  filters: (query: Query, integrationId: string) => (Fragment | undefined)[];
  /** When a row counts as changed though its own record did not (kombo-unified-api §5.2). */
  nestedChanges: (asked: Since) => readonly Change[];
  /** The item as a JSON object that the database makes. */
  item: (fields: RawFields) => Fragment;
  /** Whether items have raw fields, which an integration may show otherwise than they were stored. */
  hasRawFields?: boolean;
  /** Nested records that are read beside the rows; the item ends in front of them, and `tail` goes on behind. */
  parts?: () => Parts;
  tail?: () => Fragment;
}

/** A page as it is sent (kombo-unified-api §1.2). */
export interface Page<Item> {
  status: 'success';
  data: { next: string | null; results: Item[] };
}

/** Reads one page of an integration's records; a cursor that cannot be read is an `UnifiedProblem`. */
export type List<Id extends ListOperation> = (
  database: Database,
  integrationId: string,
  query: QueryOf<Id>,
) => Promise<Serialised<Page<ItemOf<Id>>>>;

/**
 * Makes the list of an operation from its definition: keyset paging, the common filters, and pages put together from
 * ready JSON.
 */
export function defineList<Id extends ListOperation>(
  operationId: Id,
  definition: ListDefinition<QueryOf<Id>>,
): List<Id> {
  const uncovered = unsupportedFilters(operationId);

  return async (database, integrationId, query) => {
    const place = { operationId, integrationId };
    const after = readCursor(place, query.cursor, /^\d{1,18}$/) ?? '0';
    if (!query.ignore_unsupported_filters && filtersBy(query, uncovered)) return toPage<ItemOf<Id>>([], null);
    const size = query.page_size ?? 100;
    const moment =
      query.updated_after === undefined ? undefined : readMoment(query.updated_after, 'query updated_after');
    const filters = [
      ...commonFilters(definition.row, integrationId, query),
      ...definition.filters(query, integrationId),
    ];
    // A poll begins with its first page: what changes after that is for the next poll.
    if (after === '0') await awaitChanges(database, integrationId);
    if (moment !== undefined) {
      const asked = { since: sql`${moment}::timestamptz`, integrationId };
      filters.push(await changedSince(database, definition, asked, definition.nestedChanges(asked)));
    }
    const fields = definition.hasRawFields ? await readRawFields(database, integrationId) : anyFields;
    const number = sql.ref(`${definition.row}.number`);
    const readBehind = async (last: string, limit: number) => {
      const { rows } = await sql<ListedRow>`
        select
          ${number}::text as number,
          ${sql.ref(`${definition.row}.id`)},
          ${definition.item(fields)}::text as json,
          ${definition.tail?.() ?? sql`null`}::text as tail
        from ${sql.table(definition.model)} as ${sql.id(definition.row)}
        where ${allOf([...filters, sql`${number} > ${last}::bigint`])}
        order by ${number}
        limit ${limit}::integer
      `.execute(database);
      return rows;
    };
    const { rows, isLast } = await readPage(readBehind, after, size);
    const items = definition.parts
      ? await withParts(database, definition.parts(), rows.map(toParted), largestPage)
      : rows.map(({ json }) => Buffer.from(json));
    const last = rows[items.length - 1];
    const isOver = last === undefined || (isLast && items.length === rows.length);
    return toPage<ItemOf<Id>>(items, isOver ? null : writeCursor(place, last.number));
  };
}

/**
 * Reads a page in two slices, the second of which is as large as it may be after what the first has shown. Rows can have
 * megabytes, and neither the embedded database nor a caller can take hundreds of those at once: a page of such rows ends
 * early, and `next` leads to the others.
 *
 * @param readBehind reads so many rows behind one, by their numbers
 * @param largest characters that a page of more than one row may have
 */
export async function readPage<Row extends Pick<ListedRow, 'number' | 'json'>>(
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

function filtersBy(query: CommonQuery, names: readonly string[]): boolean {
  return Object.entries(query).some(([name, value]) => names.includes(name) && isGiven(toList(value)));
}

function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function toParted({ id, json, tail }: ListedRow): Parted {
  return { id, json, tail: tail ?? '{}' };
}

function toPage<Item>(items: readonly Buffer[], next: string | null): Serialised<Page<Item>> {
  const head = Buffer.from(`{"status":"success","data":{"next":${JSON.stringify(next)},"results":[`);
  const results = items.flatMap((item, index) => (index > 0 ? [comma, toPart(item)] : [toPart(item)]));
  return new Serialised([toPart(head), ...results, foot]);
}

const comma = toPart(Buffer.from(','));
const foot = toPart(Buffer.from(']}}'));
