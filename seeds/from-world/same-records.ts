import { mapTexts, recordSchema, resourceNames, type Records, type ResourceName } from '../records.ts';

/** The fields of the records of two sets that are not the same, whatever the ids in which both tell the same thing. */
export interface Difference {
  resource: ResourceName;
  /** Which of the wanted records of the resource, counted from 0. */
  index: number;
  field: string;
}

/**
 * Compares two sets of records, the nth of a resource with the nth; stages with the nth of the same job.
 *
 * @param hasSameIds whether the ids have to be the same as well
 * @returns the fields that differ, and for each resource how many records one set has more than the other
 */
export function compareRecords(
  wanted: Records,
  built: Records,
  hasSameIds: boolean,
): { differences: Difference[]; counts: { resource: ResourceName; wanted: number; built: number }[] } {
  const differences: Difference[] = [];
  const counts: { resource: ResourceName; wanted: number; built: number }[] = [];
  const ours = hasSameIds ? new Map<string, string>() : placesOfIds(wanted);
  const theirs = hasSameIds ? new Map<string, string>() : placesOfIds(built);
  for (const resource of resourceNames) {
    const others = new Map(keyed(resource, built).map(({ key, record }) => [key, record]));
    if (others.size !== wanted[resource].length)
      counts.push({ resource, wanted: wanted[resource].length, built: others.size });
    for (const { key, index, record } of keyed(resource, wanted)) {
      const one = textsOf(resource, record, ours);
      const found = others.get(key);
      const other = found && textsOf(resource, found, theirs);
      for (const field of new Set([...Object.keys(one), ...Object.keys(other ?? {})])) {
        if (one[field] !== other?.[field]) differences.push({ resource, index, field });
      }
    }
  }
  return { differences, counts };
}

/** Whether a text that stands at a path of a record is an id. */
export function isIdAt(path: readonly (string | number)[], refersTo: ResourceName | undefined): boolean {
  return refersTo !== undefined || /(?:^|_)id$/.test(String(path.findLast((key) => typeof key === 'string')));
}

/** The ids of things within a record, such as the interviews of a stage, and where each stands. */
export function nestedIds(
  resource: ResourceName,
  record: object,
): { id: string; path: (string | number)[] }[] {
  const found: { id: string; path: (string | number)[] }[] = [];
  mapTexts(recordSchema(resource), record, (text, _schema, path) => {
    if (path.length > 1 && isOwnId(path)) found.push({ id: text, path });
    return text;
  });
  return found;
}

/** Whether a path ends at the id of a thing, and not at a reference to it. */
function isOwnId(path: readonly (string | number)[]): boolean {
  const key = path.at(-1);
  return key === 'id' || key === 'item_id';
}

/** What each id stands for, told by where it stands first. */
function placesOfIds(records: Records): Map<string, string> {
  const places = new Map<string, string>();
  const all = resourceNames.flatMap((resource) =>
    keyed(resource, records).map(({ key, record }) => ({ resource, place: `${resource} ${key}`, record })),
  );
  for (const { place, record } of all) places.set(record.id, place);
  for (const { resource, place, record } of all) {
    for (const { id, path } of nestedIds(resource, record)) {
      if (!places.has(id)) places.set(id, `${place} ${path.join('.')}`);
    }
  }
  return places;
}

interface Keyed {
  key: string;
  index: number;
  record: { id: string };
}

function keyed(resource: ResourceName, records: Records): Keyed[] {
  const all = records[resource].map((record, index): Keyed => ({ key: String(index), index, record }));
  if (resource !== 'job_stages') return all;
  const jobs = new Map(records.jobs.map(({ id }, index) => [id, index]));
  const counted = new Map<string, number>();
  return records.job_stages.map((record, index): Keyed => {
    const nth = counted.get(record.job_id) ?? 0;
    counted.set(record.job_id, nth + 1);
    return { key: `${jobs.get(record.job_id)}.${nth}`, index, record };
  });
}

function textsOf(
  resource: ResourceName,
  record: object,
  places: ReadonlyMap<string, string>,
): Record<string, string> {
  const told = mapTexts(recordSchema(resource), record, (text, schema, path) =>
    isIdAt(path, schema['x-refers-to']) ? (places.get(text) ?? text) : text,
  ) as object;
  const texts = Object.entries(told).map(([field, value]): [string, string] => [
    field,
    JSON.stringify(value, inOrder),
  ]);
  return Object.fromEntries(texts);
}

/** In what order the fields of a group were written says nothing. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
