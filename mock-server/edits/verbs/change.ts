import { singular } from '../../../seeds/factories/relations.ts';
import type { ResourceName } from '../../../seeds/index.ts';
import { refusal, type Editing, type Verb } from '../editing.ts';
import { recordNamed } from '../named-records.ts';
import { putRecord } from '../put-record.ts';
import { readFields } from '../written-fields.ts';

/** Changes some fields of a record. A deleted one is brought back by changing `deleted_at` to null, alone. */
export const change: Verb<'change'> = (editing, { resource, record, set }) => ({
  resource,
  id: changeRecord(editing, resource, record, set),
});

function changeRecord<Name extends ResourceName>(
  editing: Editing,
  resource: Name,
  name: string,
  set: Readonly<Record<string, unknown>>,
): string {
  const before = recordNamed(editing, resource, name, ['record']);
  const written = readFields(editing, resource, set, before);
  if (written.id !== undefined && written.id !== before.id) {
    throw refusal(editing, ['set', 'id'], 'an id never changes; make another record with that id');
  }
  if (written.deleted_at !== undefined && written.deleted_at !== null) {
    throw refusal(
      editing,
      ['set', 'deleted_at'],
      'use the edit delete, which takes along what falls with it',
    );
  }
  if (before.deleted_at !== null && written.deleted_at === undefined) {
    throw refusal(
      editing,
      ['record'],
      `the ${singular(resource)} "${name}" was deleted at ${before.deleted_at}; bring it back first by changing deleted_at to null`,
    );
  }
  putRecord(editing, resource, before, { ...before, ...written }, written);
  return before.id;
}
