import { Serialised } from '../../../contracts/server/serialised.ts';
import type { BaseRecord, RecordTypes } from '../../../seeds/index.ts';
import { compareCreation } from '../../store/sorted-index.ts';
import type { Entry, Selected, Selection, Collection } from '../../store/collection.ts';
import { isListed, type Condition } from '../../store/selection.ts';
import type { World } from '../../world/world.ts';
import { toPiece, type Resource, type WireTypes } from '../resource.ts';

/** One page of a listing, as its handler answers it. */
export interface Page<Item> {
  status: 200;
  body: Serialised<Item[]>;
  headers: { 'X-Pagination'?: string };
}

/** Which record of a listing comes first, by creation. */
export type Order = 'oldest_first' | 'newest_first';

interface ListQuery {
  page?: number;
  per_page?: number;
  include_deleted?: boolean;
  skip_count?: boolean;
}

/**
 * Lists a resource: the wanted page of the records that meet every condition, put together from bytes that are ready
 * (gem-ats-api §1.5, §1.6). Past the end the page is empty.
 *
 * @param candidates the entries to choose from, in order; all of the resource's where none are given
 */
export function listPage<Name extends keyof WireTypes>(
  world: World,
  resource: Resource<Name>,
  query: ListQuery,
  conditions: readonly Condition<RecordTypes[Name]>[],
  candidates?: Iterable<Entry<RecordTypes[Name]>>,
): Page<WireTypes[Name]> {
  const { page = 1, per_page = 100, include_deleted = false } = query;
  const wanted = {
    includeDeleted: include_deleted,
    conditions,
    first: (page - 1) * per_page,
    count: per_page,
  };
  const { list_order, pagination_header } = world.unnotedSwitches;
  const { total, entries } = candidates
    ? selectFrom(inOrder(candidates, list_order), wanted)
    : selectOrdered(world.store.collection(resource.name), wanted, list_order);
  const isCounted = query.skip_count !== true && pagination_header === 'sent';
  return {
    status: 200,
    body: Serialised.array(entries.map((entry) => toPiece(world, resource, entry))),
    headers: isCounted ? { 'X-Pagination': JSON.stringify(pagination(total, page, per_page)) } : {},
  };
}

/** A part of a listing in either order. Collections know only the usual one, so the other is read from its end. */
export function selectOrdered<Row extends BaseRecord>(
  collection: Collection<Row>,
  wanted: Selection<Row>,
  order: Order,
): Selected<Row> {
  if (order === 'oldest_first') return collection.select(wanted);
  const { total } = collection.select({ ...wanted, first: 0, count: 0 });
  const end = Math.max(0, total - wanted.first);
  const first = Math.max(0, end - wanted.count);
  const { entries } = collection.select({ ...wanted, first, count: end - first });
  return { total, entries: entries.toReversed() };
}

function inOrder<Row extends BaseRecord>(entries: Iterable<Entry<Row>>, order: Order): Iterable<Entry<Row>> {
  if (order === 'oldest_first') return entries;
  return [...entries].sort((one, other) => compareCreation(other.record, one.record));
}

function selectFrom<Row extends BaseRecord>(
  candidates: Iterable<Entry<Row>>,
  { includeDeleted, conditions, first, count }: Selection<Row>,
): Selected<Row> {
  const passing = [...candidates].filter(({ record }) => isListed(record, includeDeleted, conditions));
  return { total: passing.length, entries: passing.slice(first, first + count) };
}

/**
 * The wanted page of values that are made on the spot, for the CRM's small lists.
 */
export function pageOf<Item>(
  items: readonly Serialised<Item>[],
  query: { page?: number; page_size?: number },
): Page<Item> {
  const { page = 1, page_size = 20 } = query;
  const onPage = items.slice((page - 1) * page_size, page * page_size);
  return pageOfSelected(onPage, items.length, { page, page_size });
}

/** A page of the CRM whose items were chosen before, out of so many. */
export function pageOfSelected<Item>(
  items: readonly Serialised<Item>[],
  total: number,
  { page, page_size }: { page: number; page_size: number },
): Page<Item> {
  return {
    status: 200,
    body: Serialised.array(items),
    headers: { 'X-Pagination': JSON.stringify(pagination(total, page, page_size)) },
  };
}

/** The header's object as Gem's framework makes it: short for an empty list, without neighbours past the end. */
function pagination(total: number, page: number, size: number): object {
  const last_page = Math.ceil(total / size);
  if (total === 0) return { total, total_pages: 0 };
  const known = { first_page: 1, last_page, total, total_pages: last_page };
  if (page > last_page) return known;
  return {
    ...known,
    page,
    ...(page > 1 && { previous_page: page - 1 }),
    ...(page < last_page && { next_page: page + 1 }),
  };
}
