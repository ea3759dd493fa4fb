import type { RecordTypes, ResourceName } from '../../../seeds/index.ts';
import { nearest } from '../../../seeds/nearest.ts';
import { follow, recordSchema } from '../../../seeds/records.ts';
import { pipelineOf } from '../../resources/ats/job-stages.ts';
import { type Editing, refusal, type Verb } from '../editing.ts';
import { labelOf, livingNamed } from '../named-records.ts';
import { putRecord } from '../put-record.ts';

/** Puts a list of a record into another order; for the stages of a job that is the order of its pipeline. */
export const reorder: Verb<'reorder'> = (editing, { resource, record: name, list, order }) => {
  const { id } = livingNamed(editing, resource, name, ['record']);
  if (resource === 'jobs' && list === 'stages') reorderStages(editing, id, order);
  else reorderList(editing, resource, id, list, order);
  return { resource, id };
};

function reorderStages(editing: Editing, jobId: string, order: readonly (string | number)[]): void {
  const { world } = editing;
  const stages = pipelineOf(world.store, jobId);
  const names = stages.map(({ id, name }) => [id, name, labelOf(world, 'job_stages', id)]);
  inOrder(editing, stages, names, order).forEach((stage, priority) => {
    if (stage.priority !== priority) putRecord(editing, 'job_stages', stage, { ...stage, priority });
  });
}

function reorderList<Name extends ResourceName>(
  editing: Editing,
  resource: Name,
  id: string,
  list: string,
  order: readonly (string | number)[],
): void {
  const before = livingNamed(editing, resource, id, ['record']);
  const target = listsOf(resource).get(list);
  const [field = '', inner] = list.split('.');
  const outer: unknown = Reflect.get(before, field);
  const items: unknown = inner === undefined ? outer : Object(outer)[inner];
  if (target === undefined || !Array.isArray(items)) {
    const known = [...listsOf(resource).keys(), ...(resource === 'jobs' ? ['stages'] : [])];
    const meant = nearest(list, known);
    const advice =
      meant === undefined ? `there are: ${known.join(', ') || 'none'}` : `did you mean "${meant}"?`;
    throw refusal(editing, ['list'], `${resource} have no list "${list}"; ${advice}`);
  }
  const names = items.map((item: unknown) => namesOf(editing, target.refersTo, item));
  const ordered = inOrder(editing, items, names, order);
  const value = inner === undefined ? ordered : { ...Object(outer), [inner]: ordered };
  putRecord(editing, resource, before, { ...before, [field]: value });
}

/** The lists of a resource's records, and what their ids refer to; one within a group is `group.list`. */
function listsOf(resource: ResourceName): Map<string, { refersTo: ResourceName | undefined }> {
  const lists = new Map<string, { refersTo: ResourceName | undefined }>();
  for (const [field, schema] of Object.entries(recordSchema(resource).properties ?? {})) {
    const own = follow(schema);
    for (const [name, found] of [
      [field, own] as const,
      ...Object.entries(own.properties ?? {}).map(
        ([inner, one]) => [`${field}.${inner}`, follow(one)] as const,
      ),
    ]) {
      if (found.type === 'array') lists.set(name, { refersTo: found['x-refers-to'] });
    }
  }
  return lists;
}

/** All that an item of a list can be called. */
function namesOf(
  { world }: Editing,
  refersTo: ResourceName | undefined,
  item: unknown,
): (string | undefined)[] {
  if (typeof item === 'string') {
    if (refersTo === undefined) return [item];
    const record = world.store.get(refersTo, item);
    return [item, labelOf(world, refersTo, item), record && nameOf(record)];
  }
  if (typeof item !== 'object' || item === null) return [];
  return Object.values(item).filter((value): value is string => typeof value === 'string');
}

function nameOf(record: RecordTypes[ResourceName]): string | undefined {
  if ('first_name' in record) return `${record.first_name} ${record.last_name}`;
  return 'name' in record ? record.name : undefined;
}

/**
 * The items of a list in another order.
 *
 * @param names what each item can be called
 * @param order items by name, or by their present positions from 0; what is left out follows in its present order
 * @throws EditProblem at what names no item, or one that was named before
 */
function inOrder<Item>(
  editing: Editing,
  items: readonly Item[],
  names: readonly (readonly (string | undefined)[])[],
  order: readonly (string | number)[],
): Item[] {
  const places = new Set<number>();
  order.forEach((wanted, at) => {
    const place = placeOf(wanted, names, places);
    if (place === undefined) throw unknownItem(editing, wanted, names, at);
    places.add(place);
  });
  const rest = [...items.keys()].filter((place) => !places.has(place));
  return [...places, ...rest].flatMap((place) => items.slice(place, place + 1));
}

/** Of several items of one name the first is meant that was not named yet. */
function placeOf(
  wanted: string | number,
  names: readonly (readonly (string | undefined)[])[],
  taken: ReadonlySet<number>,
): number | undefined {
  const fits = (place: number) =>
    !taken.has(place) && (typeof wanted === 'number' ? place === wanted : names[place]?.includes(wanted));
  return [...names.keys()].find(fits);
}

function unknownItem(
  editing: Editing,
  wanted: string | number,
  names: readonly (readonly (string | undefined)[])[],
  at: number,
) {
  if (typeof wanted === 'number') {
    const message = `the list has no further item at position ${wanted}; its positions are 0 to ${names.length - 1}, each once`;
    return refusal(editing, ['order', at], message);
  }
  const known = names.flat().filter((name) => name !== undefined);
  const isTwice = known.includes(wanted);
  const meant = nearest(wanted, known);
  const advice = isTwice
    ? 'it was named before; name each item once'
    : meant === undefined
      ? `it has: ${names.map((own) => own.at(-1)).join(', ')}`
      : `did you mean "${meant}"?`;
  return refusal(
    editing,
    ['order', at],
    `the list has no ${isTwice ? 'further ' : ''}"${wanted}"; ${advice}`,
  );
}
