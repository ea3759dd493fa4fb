// Checks of filters, with values that records of the list really have.
import type { List, Row } from './lists.ts';
import type { Notes } from './outcome.ts';
import type { Subject } from './subject.ts';

/** A filter on a time, and the field that it goes by. */
export interface TimeFilter {
  parameter: string;
  /** @returns the time of a record as it stands there; undefined where it has none */
  of(row: Row): unknown;
}

/** The filters that include the moment itself (gem-ats-api §1.6). */
export async function expectAfter(gem: Subject, notes: Notes, filter: TimeFilter): Promise<void> {
  const { expect, unseen } = notes;
  for (const list of gem.lists({ takes: filter.parameter })) {
    const { operation, read, pageSize, rows } = list;
    const moment = momentOf(list, filter);
    if (moment === undefined) {
      unseen(operation.id, 'no record has such a time');
      continue;
    }
    const at = (row: Row) => toTime(filter.of(row));
    if (!rows.some((row) => at(row) < toTime(moment)))
      unseen(operation.id, 'no record is older than another');
    const place = list.placeOf(filter.parameter);
    const found = await read({ [filter.parameter]: inQuery(moment), [pageSize.name]: pageSize.max });
    const early = found.filter((row) => at(row) < toTime(moment));
    expect(operation.id, `records before ${filter.parameter}`, 0, early.length, place);
    const after = await read({ [filter.parameter]: justAfter(moment), [pageSize.name]: pageSize.max });
    const stale = after.filter((row) => at(row) === toTime(moment));
    expect(operation.id, `records just before ${filter.parameter}`, 0, stale.length, place);
    // On a full page the record itself may come later.
    if (found.length === pageSize.max) continue;
    const itself = found.some((row) => at(row) === toTime(moment));
    expect(operation.id, `the record of the moment itself with ${filter.parameter}`, true, itself, place);
    const missing = rows.filter((row) => at(row) >= toTime(moment) && !has(found, row));
    expect(operation.id, `later records that are missing with ${filter.parameter}`, 0, missing.length, place);
  }
}

/** The filters that exclude the moment itself. */
export async function expectBefore(gem: Subject, notes: Notes, filter: TimeFilter): Promise<void> {
  const { expect, unseen } = notes;
  for (const list of gem.lists({ takes: filter.parameter })) {
    const { operation, read, pageSize, rows } = list;
    const moment = momentOf(list, filter);
    if (moment === undefined) {
      unseen(operation.id, 'no record has such a time');
      continue;
    }
    const at = (row: Row) => toTime(filter.of(row));
    const place = list.placeOf(filter.parameter);
    const found = await read({ [filter.parameter]: inQuery(moment), [pageSize.name]: pageSize.max });
    const late = found.filter((row) => at(row) >= toTime(moment));
    expect(operation.id, `records at or after ${filter.parameter}`, 0, late.length, place);
    const later = await read({ [filter.parameter]: justAfter(moment), [pageSize.name]: pageSize.max });
    if (found.length === pageSize.max || later.length === pageSize.max) continue;
    const missing = rows.filter((row) => at(row) < toTime(moment) && !has(found, row));
    const about = `earlier records that are missing with ${filter.parameter}`;
    expect(operation.id, about, 0, missing.length, place);
    const itself = later.some((row) => at(row) === toTime(moment));
    expect(operation.id, `the record just before ${filter.parameter}`, true, itself, place);
  }
}

/** The time of a record in the middle, so that there are others on both sides. */
function momentOf({ rows }: List, { of }: TimeFilter): unknown {
  const times = rows
    .map((row) => of(row))
    .filter((time) => typeof time === 'string' || typeof time === 'number');
  return times.toSorted((one, other) => toTime(one) - toTime(other))[Math.floor(times.length / 2)];
}

function inQuery(moment: unknown): string | number {
  return typeof moment === 'number' ? moment : String(moment);
}

/** The next moment of the same form: a second, a day or a millisecond later. */
function justAfter(moment: unknown): string | number {
  if (typeof moment === 'number') return moment + 1;
  const isDay = String(moment).length === 10;
  const next = new Date(toTime(moment) + (isDay ? 86_400_000 : 1)).toISOString();
  return isDay ? next.slice(0, 10) : next;
}

function toTime(time: unknown): number {
  return typeof time === 'number' ? time : Date.parse(String(time));
}

function has(found: readonly Row[], { id }: Row): boolean {
  return found.some((row) => row['id'] === id);
}

/**
 * Checks that a filter shows exactly the records that have a value.
 *
 * @param of the values of a record, any of which is found
 */
export async function expectExact(
  { expect, unseen }: Notes,
  { operation, rows, read, pageSize, placeOf }: List,
  parameter: string,
  of: (row: Row) => readonly unknown[],
): Promise<void> {
  const value = rarest(rows, of);
  if (value === undefined) return unseen(`${operation.id} by ${parameter}`, 'no record has a value');
  if (rows.every((row) => of(row).includes(value)))
    unseen(`${operation.id} by ${parameter}`, 'all records have the same value');
  const place = placeOf(parameter);
  const found = await read({ [parameter]: value, [pageSize.name]: pageSize.max });
  const others = found.filter((row) => !of(row).includes(value));
  expect(operation.id, `other records with ${parameter}`, 0, others.length, place);
  const wanted = rows.filter((row) => of(row).includes(value));
  const missing = wanted.filter(({ id }) => !found.some((row) => row['id'] === id));
  if (found.length < pageSize.max)
    expect(operation.id, `missing records with ${parameter}`, 0, missing.length, place);
}

/** The value that the fewest records have: it tells a filter that works from one that is ignored. */
function rarest(rows: readonly Row[], of: (row: Row) => readonly unknown[]): string | boolean | undefined {
  const counts = new Map<string | boolean, number>();
  for (const value of rows.flatMap((row) => of(row))) {
    if ((typeof value === 'string' && value !== '') || typeof value === 'boolean') {
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  return [...counts].toSorted(([, one], [, other]) => one - other)[0]?.[0];
}
