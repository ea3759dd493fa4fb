import { type RawBuilder, sql } from 'kysely';
import { unifiedDescription, type UnifiedOperations } from '../../../contracts/unified.ts';
import { toInstant } from '../../../contracts/clock.ts';
import { invalidInput } from '../../errors.ts';
import { komboId } from '../../identifiers.ts';

/** A piece of SQL whose values travel as parameters. */
export type Fragment = RawBuilder<unknown>;

/** The query parameters that every list has (kombo-unified-api §1.5). */
export type CommonQuery = NonNullable<UnifiedOperations['getAtsApplicationStages']['parameters']['query']>;

/**
 * The conditions that every list puts on its rows, apart from paging and `updated_after`.
 *
 * @param row the alias of the listed table
 */
export function commonFilters(
  row: string,
  integrationId: string,
  query: CommonQuery,
): (Fragment | undefined)[] {
  return [
    sql`${sql.ref(`${row}.integration_id`)} = ${integrationId}::text`,
    query.include_deleted ? undefined : sql`${sql.ref(`${row}.remote_deleted_at`)} is null`,
    oneOf(sql.ref(`${row}.id`), query.ids),
    oneOf(sql.ref(`${row}.id`), idsOf(query.remote_ids, integrationId)),
    oneOf(sql.ref(`${row}.remote_id`), query.remote_ids),
  ];
}

/** What records are called here, whose ids at Gem are given: there are indexes of the one, and none of the other. */
export function idsOf(remoteIds: readonly string[] | undefined, integrationId: string): string[] | undefined {
  return remoteIds?.map((remoteId) => komboId(integrationId, remoteId));
}

/** Holds rows to one of several values; an empty or missing list holds them to nothing. */
export function oneOf(column: Fragment, values: readonly string[] | undefined): Fragment | undefined {
  return isGiven(values) ? sql`${column} = any(${values}::text[])` : undefined;
}

/** Holds rows to a value, upper and lower case being the same; an empty or missing value holds them to nothing. */
export function sameText(column: Fragment, value: string | undefined): Fragment | undefined {
  return isGiven(value) ? sql`lower(${column}) = lower(${value}::text)` : undefined;
}

/** Holds rows to those whose text contains a value, upper and lower case being the same. */
export function containsText(column: Fragment, value: string | undefined): Fragment | undefined {
  if (!isGiven(value)) return undefined;
  const pattern = `%${value.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  return sql`${column} ilike ${pattern}::text`;
}

/** Holds rows to those created at Gem on a day or later; the time of day is dropped. */
export function createdOnOrAfter(column: Fragment, moment: string | undefined): Fragment | undefined {
  if (moment === undefined) return undefined;
  return sql`${column} >= ${startOfDay(readMoment(moment, 'query remote_created_after'))}::timestamptz`;
}

/** Whether a filter was given a value: neither absent nor empty. */
export function isGiven<Value extends { readonly length: number }>(value: Value | undefined): value is Value {
  return value !== undefined && value.length > 0;
}

/** Joins conditions with `and`, leaving out those that do not apply. */
export function allOf(conditions: readonly (Fragment | undefined)[]): Fragment {
  return sql.join(
    conditions.filter((condition) => condition !== undefined),
    sql` and `,
  );
}

/**
 * Names the filters of a list that target a field which Gem does not cover, as the description marks them with
 * `x-unsupported-filters` (kombo-unified-api §1.5).
 *
 * @param operationId a list operation of the unified API
 */
export function unsupportedFilters(operationId: string): readonly string[] {
  const operation = unifiedDescription.operations.get(operationId);
  if (!operation) return [];
  const keys = ['paths', operation.path, operation.method, 'x-unsupported-filters'];
  const names = keys.reduce<unknown>(read, unifiedDescription.document);
  return Array.isArray(names) ? names.map(String) : [];
}

function read(node: unknown, key: string): unknown {
  return typeof node === 'object' && node !== null ? Reflect.get(node, key) : undefined;
}

/**
 * Reads a moment as the unified API takes it: a date, optionally with a time, a fraction and a zone; without a
 * time it means midnight, without a zone UTC (kombo-unified-api §1.5).
 *
 * @param text what was sent; its form was checked against the description
 * @param field how the caller knows it, for the message
 * @returns an ISO-8601 instant in UTC
 * @throws UnifiedProblem when the calendar has no such day
 */
export function readMoment(text: string, field: string): string {
  const date = text.slice(0, 10);
  const time = text.slice(11) || '00:00Z';
  const midnight = Date.parse(`${date}T00:00Z`);
  // JavaScript rolls the 30th of February over into March.
  const isDay = !Number.isNaN(midnight) && toInstant(midnight).startsWith(date);
  const moment = Date.parse(`${date}T${/[Z+-]/.test(time) ? time : `${time}Z`}`);
  if (!isDay || Number.isNaN(moment)) throw invalidInput(`${field} is not a day of the calendar.`);
  return toInstant(Math.min(Math.max(moment, earliest), latest));
}

// A zone can push a moment out of the years that the database reads; nothing is stored that far out.
const earliest = Date.parse('0001-01-01T00:00Z');
const latest = Date.parse('9999-12-31T23:59:59.999Z');

/** The midnight (UTC) that began the day of an instant. */
export function startOfDay(instant: string): string {
  return `${instant.slice(0, 10)}T00:00:00.000Z`;
}
