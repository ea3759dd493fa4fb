import { isDeepStrictEqual } from 'node:util';
import type { ControlSchemas } from '../../contracts/control.ts';
import { resourceNames, type Labels, type RecordTypes, type ResourceName } from '../../seeds/index.ts';
import type { Steps } from '../machine/slices.ts';
import type { Store } from '../store/store.ts';

/** What is different between two moments of a world. */
export type Changes = ControlSchemas['Changes'];

type ChangedFields = ControlSchemas['ChangedFields'];

/**
 * What is different in one store from another, in the order of resources and then of listings, step by step: there must
 * be no write to either meanwhile. Forks share the records that neither has changed, so that hardly any are looked at.
 */
export function* changesBetween(before: Store, after: Store, labels: Labels): Steps<Changes> {
  const changes: Changes = { created: [], changed: [], deleted: [] };
  const labelled = new Map(
    Object.entries(labels).map(([label, { resource, id }]) => [`${resource} ${id}`, label]),
  );
  for (const resource of resourceNames) {
    for (const [index, record] of changedRecords(before, after, resource).entries()) {
      if (index % stretch === 0) yield;
      const old = before.get(resource, record.id);
      const { id } = record;
      const label = labelled.get(`${resource} ${id}`);
      const named = { resource, id, ...(label !== undefined && { label }) };
      if (!old) {
        changes.created.push({ ...named, record: { ...record } });
        continue;
      }
      const fields = changedFields(old, record);
      if (Object.keys(fields).length === 0) continue;
      const isDeleted = old.deleted_at === null && record.deleted_at !== null;
      changes[isDeleted ? 'deleted' : 'changed'].push({ ...named, fields });
    }
  }
  return changes;
}

/** Records that are looked at in one step. */
const stretch = 64;

function changedRecords<Name extends ResourceName>(
  before: Store,
  after: Store,
  name: Name,
): RecordTypes[Name][] {
  return after.collection(name).changedSince(before.collection(name));
}

/** The fields that are different; one that came or went is missing on the other side. */
function changedFields(before: object, after: object): ChangedFields {
  const fields: ChangedFields = {};
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, now]: unknown[] = [Reflect.get(before, field), Reflect.get(after, field)];
    if (old === now || isDeepStrictEqual(old, now)) continue;
    fields[field] = { ...(field in before && { before: old }), ...(field in after && { after: now }) };
  }
  return fields;
}
