import { follow, ownMember, recordSchema, type Schema } from '../record-schemas.ts';
import { resourceNames, type Records } from '../records.ts';

/**
 * Takes records out of a set as if there never were any: what cannot be without them goes as well, what may be forgets
 * them.
 *
 * @returns the ids of all that went
 */
export function removeRecords(records: Records, ids: Iterable<string>): Set<string> {
  const gone = new Set(ids);
  for (let before = -1; before < gone.size;) {
    before = gone.size;
    for (const name of resourceNames) removeFrom(records[name], recordSchema(name), gone);
  }
  return gone;
}

function removeFrom(records: { id: string }[], schema: Schema, gone: Set<string>): void {
  for (const record of records) {
    if (gone.has(record.id)) continue;
    const rest = without(schema, record, gone);
    if (rest === nothing) gone.add(record.id);
    else Object.assign(record, rest);
  }
  for (let index = records.length - 1; index >= 0; index -= 1) {
    if (gone.has(records[index]?.id ?? '')) records.splice(index, 1);
  }
}

/** A value without references to what is gone; `nothing` where it cannot be without them. */
function without(schema: Schema, value: unknown, gone: ReadonlySet<string>): unknown {
  const here = follow(schema);
  if (typeof value === 'string') {
    if (!here['x-refers-to'] || !gone.has(value)) return value;
    return [here.type].flat().includes('null') ? null : nothing;
  }
  if (Array.isArray(value)) {
    const target = here['x-refers-to'];
    const items: Schema = { ...here.items, ...(target && { 'x-refers-to': target }) };
    return value.map((item: unknown) => without(items, item, gone)).filter((item) => item !== nothing);
  }
  if (typeof value !== 'object' || value === null) return value;
  const rest = Object.entries(value).map(([key, item]): [string, unknown] => {
    const known = ownMember(here.properties, key);
    return [key, known ? without(known, item, gone) : item];
  });
  return rest.some(([, item]) => item === nothing) ? nothing : Object.fromEntries(rest);
}

const nothing = Symbol('nothing');
