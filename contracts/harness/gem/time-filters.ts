// How filters on a time are looked at: with a moment that a record of the list really has.
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
export async function expectAfter(gem: Subject, { expect }: Notes, filter: TimeFilter): Promise<void> {
  for (const list of gem.lists({ takes: filter.parameter })) {
    const { operation, read, size } = list;
    const moment = momentOf(list, filter);
    if (moment === undefined) continue;
    const place = list.placeOf(filter.parameter);
    const found = await read({ [filter.parameter]: inQuery(moment), [size.name]: size.most });
    const early = found.filter((row) => toTime(filter.of(row)) < toTime(moment));
    expect(operation.id, `records before ${filter.parameter}`, 0, early.length, place);
    // On a full page the record itself may come later.
    if (found.length === size.most) continue;
    const itself = found.some((row) => toTime(filter.of(row)) === toTime(moment));
    expect(operation.id, `the record of the moment itself with ${filter.parameter}`, true, itself, place);
    const missing = list.rows.filter((row) => toTime(filter.of(row)) >= toTime(moment) && !has(found, row));
    expect(operation.id, `later records that are missing with ${filter.parameter}`, 0, missing.length, place);
  }
}

/** The filters that exclude the moment itself. */
export async function expectBefore(gem: Subject, { expect }: Notes, filter: TimeFilter): Promise<void> {
  for (const list of gem.lists({ takes: filter.parameter })) {
    const { operation, read, size } = list;
    const moment = momentOf(list, filter);
    if (moment === undefined) continue;
    const place = list.placeOf(filter.parameter);
    const found = await read({ [filter.parameter]: inQuery(moment), [size.name]: size.most });
    const late = found.filter((row) => toTime(filter.of(row)) >= toTime(moment));
    expect(operation.id, `records at or after ${filter.parameter}`, 0, late.length, place);
    if (found.length === size.most) continue;
    const missing = list.rows.filter((row) => toTime(filter.of(row)) < toTime(moment) && !has(found, row));
    expect(
      operation.id,
      `earlier records that are missing with ${filter.parameter}`,
      0,
      missing.length,
      place,
    );
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

function toTime(time: unknown): number {
  return typeof time === 'number' ? time : Date.parse(String(time));
}

function has(found: readonly Row[], { id }: Row): boolean {
  return found.some((row) => row['id'] === id);
}
