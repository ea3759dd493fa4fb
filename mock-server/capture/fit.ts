// Makes a record fit into a world: references that lead nowhere are left out, and so are parts that no world can hold.
import { controlDescription } from '../../contracts/control.ts';
import { createValidator } from '../../contracts/validator.ts';
import { follow, ownMember, recordSchema, recordSchemaName, type Schema } from '../../seeds/records.ts';
import type { ResourceName } from '../../seeds/index.ts';
import { isRow, type Row } from './steps.ts';
import type { Draft } from './to-records.ts';

/** What was left out, without any value: `offers.status: enum`, and how often. */
export type LeftOut = Map<string, number>;

const validator = createValidator(controlDescription, { unknownFields: 'refuse' });

/**
 * @param isKnown whether there is a record with an id
 * @returns undefined for a record that does not fit even without such parts
 */
export function fit(
  resource: ResourceName,
  draft: Draft,
  isKnown: (target: ResourceName, id: string) => boolean,
  leftOut: LeftOut,
): Row | undefined {
  const note = (what: string) => void leftOut.set(what, (leftOut.get(what) ?? 0) + 1);
  const tied = tie(recordSchema(resource), draft, isKnown);
  if (!isRow(tied)) {
    note(`${resource}: belongs to nothing that was read`);
    return undefined;
  }
  const violations = validator.input(recordSchemaName(resource), tied);
  if (violations.length === 0) return tied;
  const copy: Draft = structuredClone(tied);
  for (const { path, keyword } of violations) {
    // What lies deeper may be named by people.
    note(`${resource}.${path[0] ?? ''}: ${keyword}`);
    if (!dropPart(copy, path)) return undefined;
  }
  const rest = mapLists(copy);
  return isRow(rest) && validator.input(recordSchemaName(resource), rest).length === 0 ? rest : undefined;
}

const nothing = Symbol('nothing');

/** The value with references that lead somewhere; a part that needs one which does not is nothing. */
function tie(
  schema: Schema,
  value: unknown,
  isKnown: (target: ResourceName, id: string) => boolean,
): unknown {
  const here = follow(schema);
  const target = here['x-refers-to'];
  const orNull = [here.type].flat().includes('null') ? null : nothing;
  if (typeof value === 'string') return !target || isKnown(target, value) ? value : orNull;
  if (Array.isArray(value)) {
    const items: Schema = { ...here.items, ...(target && { 'x-refers-to': target }) };
    return value.map((item: unknown) => tie(items, item, isKnown)).filter((item) => item !== nothing);
  }
  if (typeof value !== 'object' || value === null) return value;
  const tied: Draft = {};
  for (const [key, inner] of Object.entries(value)) {
    const known = ownMember(here.properties, key);
    const made = known ? tie(known, inner, isKnown) : (inner as unknown);
    if (made !== nothing) tied[key] = made;
    else if (here.required?.includes(key)) return orNull;
  }
  return tied;
}

const dropped = Symbol('dropped');

/** Drops the innermost item of a list that a path leads into. @returns whether there is one */
function dropPart(value: Draft, path: readonly string[]): boolean {
  const at = path.findLastIndex((key) => /^\d+$/.test(key));
  if (at === -1) return false;
  let list: unknown = value;
  for (const key of path.slice(0, at))
    list = isRow(list) || Array.isArray(list) ? Reflect.get(list, key) : undefined;
  if (!Array.isArray(list)) return false;
  list[Number(path[at])] = dropped;
  return true;
}

function mapLists(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== dropped).map((item) => mapLists(item));
  if (!isRow(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapLists(inner)]));
}
