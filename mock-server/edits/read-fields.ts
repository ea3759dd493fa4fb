import { checkFields, resolveReferences, settleInstants } from '../../seeds/fields.ts';
import type { RecordTypes, ResourceName } from '../../seeds/index.ts';
import { refusal, type Editing } from './editing.ts';
import { livingNamed } from './named-records.ts';

/**
 * Reads the fields of an edit: they have to suit the resource, and labels become ids. Records that are
 * referred to have to be there still, unless the record refers to them already.
 *
 * @param current the record that the fields are to change
 * @throws EditProblem at the first field that will not do
 */
export function readFields<Name extends ResourceName>(
  editing: Editing,
  resource: Name,
  written: Readonly<Record<string, unknown>>,
  current?: RecordTypes[Name],
): Partial<RecordTypes[Name]> {
  const [problem] = checkFields(resource, written);
  if (problem) {
    const { path, message, suggestion } = problem;
    const advice = suggestion === undefined ? '' : `; did you mean "${suggestion}"?`;
    throw refusal(editing, ['set', ...path], `${message}${advice}`);
  }
  const held = current ? referencesOf(resource, current) : new Set<string>();
  // What suits the resource is part of a record of it.
  const fields = settleInstants(resource, written as Partial<RecordTypes[Name]>);
  const resolved = Object.entries(fields).map(([field, value]: [string, unknown]) => {
    const one = resolveReferences(resource, { [field]: value }, (target, name) =>
      held.has(`${target} ${name}`) ? name : livingNamed(editing, target, name, ['set', field]).id,
    );
    return [field, one[field]];
  });
  return Object.fromEntries(resolved) as Partial<RecordTypes[Name]>;
}

/** All that a record refers to, each as its resource and id. */
export function referencesOf(resource: ResourceName, record: object): Set<string> {
  const references = new Set<string>();
  resolveReferences(resource, record, (target, id) => {
    references.add(`${target} ${id}`);
    return id;
  });
  return references;
}
