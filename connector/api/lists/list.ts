import { sql } from 'kysely';
import { Serialised, toPart } from '../../../contracts/server/serialised.ts';
import type { UnifiedOperations } from '../../../contracts/unified.ts';
import type { Database } from '../../store/schema.ts';
import { awaitChanges } from './await-changes.ts';
import { type Change, changedSince, type Since } from './changed-rows.ts';
import { readCursor, writeCursor } from './cursor.ts';
import {
  commonFilters,
  type CommonQuery,
  type Fragment,
  isGiven,
  readMoment,
  unsupportedFilters,
} from './filters.ts';
import { makePage, type PagedList, readKeptPage } from './page.ts';

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
export interface ListDefinition<Query> extends PagedList {
  /** The list's own filters; undefined where one was not given. */
  filters: (query: Query, integrationId: string) => (Fragment | undefined)[];
  /** When a row counts as changed though its own record did not (kombo-unified-api §5.2). */
  nestedChanges: (asked: Since) => readonly Change[];
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
    const isWhole = Object.keys(query).every((name) => ofPages.has(name));
    const asked = { list: definition, integrationId, filters, after, size };
    // Who asks for a few looks up single records, or what has changed lately, which would have to be made anew.
    const { items, next } = await (isWhole ? readKeptPage : makePage)(database, asked);
    return toPage<ItemOf<Id>>(items, next === null ? null : writeCursor(place, next));
  };
}

/** What says which page is asked for, and not which rows are listed; deleted ones are kept ready like the others. */
const ofPages: ReadonlySet<string> = new Set([
  'cursor',
  'page_size',
  'include_deleted',
  'ignore_unsupported_filters',
]);

function filtersBy(query: CommonQuery, names: readonly string[]): boolean {
  return Object.entries(query).some(([name, value]) => names.includes(name) && isGiven(toList(value)));
}

function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function toPage<Item>(items: readonly Buffer[], next: string | null): Serialised<Page<Item>> {
  const head = Buffer.from(`{"status":"success","data":{"next":${JSON.stringify(next)},"results":[`);
  const results = items.flatMap((item, index) => (index > 0 ? [comma, toPart(item)] : [toPart(item)]));
  return new Serialised([toPart(head), ...results, foot]);
}

const comma = toPart(Buffer.from(','));
const foot = toPart(Buffer.from(']}}'));
