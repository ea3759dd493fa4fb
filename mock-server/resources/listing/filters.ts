// What lists can be asked for, and what they refuse to be asked for.
import { isTellable, toInstant } from '../../../contracts/clock.ts';
import type { BaseRecord } from '../../../seeds/index.ts';
import { UnknownPath } from '../../../contracts/server/mount.ts';
import type { Condition } from '../../store/selection.ts';
import type { World } from '../../world/world.ts';
import { invalidField } from '../../problems/problems.ts';

/** Decides whether a record belongs into a listing. */
export type Filter<Row> = (record: Row) => boolean;

/** The conditions that were asked for: what is undefined was not. */
export function filters<Row>(...given: (Condition<Row> | Filter<Row> | undefined)[]): Condition<Row>[] {
  return given
    .filter((filter) => filter !== undefined)
    .map((filter) => (typeof filter === 'function' ? { passes: filter } : filter));
}

/**
 * `value` as it stands.
 *
 * @param index the index of these values as text, where there is one
 */
export function equals<Row>(
  value: string | boolean | undefined,
  of: (record: Row) => unknown,
  index?: string,
): Condition<Row> | undefined {
  if (value === undefined) return undefined;
  return {
    passes: (record) => of(record) === value,
    ...(index !== undefined && { found: { index, span: { only: String(value) } } }),
  };
}

/**
 * A list that has `value` in it.
 *
 * @param index the index of these lists, where there is one
 */
export function contains<Row>(
  value: string | undefined,
  of: (record: Row) => readonly string[],
  index?: string,
): Condition<Row> | undefined {
  if (value === undefined) return undefined;
  return {
    passes: (record) => of(record).includes(value),
    ...(index !== undefined && { found: { index, span: { only: value } } }),
  };
}

/** One of these ids. */
export function oneOf<Row extends BaseRecord>(ids: Iterable<string> | undefined): Condition<Row> | undefined {
  if (ids === undefined) return undefined;
  const wanted = new Set(ids);
  return { passes: ({ id }) => wanted.has(id), found: { ids: wanted } };
}

/**
 * A time span: `after` is included, `before` is not (gem-ats-api §1.6). Both take any ISO-8601 instant, however fine, or
 * milliseconds since 1970; records hold theirs in one form, so that they compare as text.
 *
 * @param index the index of these times, where there is one
 */
export function between<Row>(
  after: string | number | undefined,
  before: string | number | undefined,
  of: (record: Row) => string | null,
  index?: string,
): Condition<Row> | undefined {
  if (after === undefined && before === undefined) return undefined;
  const from = after === undefined ? undefined : boundOf(after);
  const to = before === undefined ? undefined : boundOf(before);
  return {
    passes: (record) => {
      const instant = of(record);
      if (instant === null) return false;
      return (from === undefined || instant >= from) && (to === undefined || instant < to);
    },
    ...(index !== undefined && { found: { index, span: { from, to } } }),
  };
}

/**
 * The first instant of a record that does not lie before a bound, as text that compares with those of records. Records
 * have whole milliseconds, so a bound between two of them is the later one.
 */
function boundOf(instant: string | number): string {
  const rest = typeof instant === 'string' ? (/\.\d{3}(\d+)/.exec(instant)?.[1] ?? '') : '';
  const time = typeof instant === 'number' ? instant : Date.parse(instant) + (/[1-9]/.test(rest) ? 1 : 0);
  if (isTellable(time)) return toInstant(time);
  // No year of four digits comes before the empty text, or after a letter.
  return time < 0 ? '' : 'after all';
}

interface CreatedQuery {
  created_after?: string;
  created_before?: string;
}

interface UpdatedQuery {
  updated_after?: string;
  updated_before?: string;
}

/** `created_after` and `created_before`. */
export function created<Row extends { created_at: string }>(query: CreatedQuery): Condition<Row> | undefined {
  return between(query.created_after, query.created_before, ({ created_at }) => created_at, 'created_at');
}

/** `updated_after` and `updated_before`. */
export function updated<Row extends { updated_at: string }>(query: UpdatedQuery): Condition<Row> | undefined {
  return between(query.updated_after, query.updated_before, ({ updated_at }) => updated_at, 'updated_at');
}

/**
 * Refuses a list that is asked for a status that does not exist (gem-ats-api §1.6, §14 #10). A world that allows any word
 * has nothing in such a status, so that the list is empty.
 *
 * @throws GemProblem 422
 */
export function requireKnownStatus(world: World, status: string | undefined, known: readonly string[]): void {
  if (status === undefined || known.includes(status)) return;
  if (world.switches.unknown_status === 'empty') return;
  throw invalidField(['status'], `Must be one of: ${known.join(', ')}.`, 'query');
}

/**
 * Refuses the lists of departments and sources, which may not exist (gem-ats-api §14 #7).
 *
 * @throws UnknownPath where a switch says so
 */
export function requireUnprovenList(world: World): void {
  if (world.switches.unproven_lists === 'missing') throw new UnknownPath();
}
