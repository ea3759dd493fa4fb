// Changes of a record in the places that a lineage names, and in those that it does not.
import { fc } from '@fast-check/vitest';
import { isContainer, type Place } from '../../../../connector/explain/noted.ts';
import { isIn, valueAt, withValue } from '../../../../connector/explain/places.ts';
import type { Read } from '../../../../connector/explain/lineage.ts';
import { oddValue, placesOf } from '../../models/support/odd-values.ts';

const [early, late] = ['0001-01-02T00:00:00.000Z', '9999-12-30T00:00:00.000Z'];

/** Every place of a record, and a new one in each list and object. */
export function placesAndNew(record: unknown): Place[] {
  // A number with all its digits has nothing in it.
  const places = placesOf(record).filter((place) => isContainer(valueAt(record, place.slice(0, -1))));
  const added = [[], ...places].flatMap<Place>((place) => {
    const value = valueAt(record, place);
    if (Array.isArray(value)) return [[...place, value.length]];
    return isContainer(value) ? [[...place, 'unheard of']] : [];
  });
  return [...places, ...added];
}

/** Something to put into a place of a record. */
export const anyPut: fc.Arbitrary<unknown> = fc.oneof(
  oddValue,
  fc.constantFrom(...values('new'), ...objects('new')),
);

/** Whether putting something into a place changes what was read. */
export function touches(
  place: Place,
  put: unknown,
  { place: named, reading, except }: Read,
  record: unknown,
): boolean {
  if (isIn(named, place)) return true;
  if (!isIn(place, named)) return false;
  if (reading === 'everything') return !except.some((one) => isIn(place, one));
  const isEntry = place.length === named.length + 1;
  return reading === 'entries' && isEntry && (put === undefined || valueAt(record, place) === undefined);
}

/** Records that differ from one in what was read, in ways that may make a difference. */
export function changesOf({ place, reading }: Read, record: unknown, name: string): unknown[] {
  const here = valueAt(record, place);
  if (reading === 'entries') {
    const added = [...values(name), ...objects(name)];
    if (Array.isArray(here)) {
      return [...added.map((one) => here.concat([one])), here.slice(0, -1)].map((put) =>
        withValue(record, place, put),
      );
    }
    return [withValue(record, [...place, 'new'], 'new')];
  }
  const puts = [...values(name), ...objects(name), ...objects(name).map((one) => [one])];
  return puts.map((put) => withValue(record, place, put));
}

/** Words that mean something somewhere, and such as mean nothing. */
function values(name: string): unknown[] {
  const words =
    'new hired rejected open closed remote hybrid canceled complete declined accepted a@example.com';
  return [
    undefined,
    null,
    '',
    name,
    ...words.split(' '),
    'https://github.com/new',
    7,
    8,
    true,
    false,
    early,
    late,
    '￿',
  ];
}

function objects(name: string): object[] {
  const like = {
    name: 'new',
    value: 'new@example.com',
    type: 'new',
    response_status: 'accepted',
    date_time: late,
  };
  const ids = { id: name, job_stage_interview_item_id: 'new' };
  return [
    { ...like, ...ids, applied_at: early, source: { id: 'new', public_name: 'new' } },
    { ...like, ...ids, applied_at: late, response_status: 'declined' },
    { recruiters: [{ id: name }] },
    {},
  ];
}
