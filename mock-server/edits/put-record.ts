import type { RecordTypes, ResourceName } from '../../seeds/index.ts';
import { consequencesOf } from './consequences.ts';
import type { Editing } from './editing.ts';
import { forbid } from './forbidden.ts';
import { ripple } from './ripples.ts';

/**
 * Writes a record that was made or changed, with all that follows from it.
 *
 * @param before what the record was; undefined for a new one
 * @param written the fields that were written by hand
 * @throws EditProblem when Gem would not let it be
 */
export function putRecord<Name extends ResourceName>(
  editing: Editing,
  resource: Name,
  before: RecordTypes[Name] | undefined,
  after: RecordTypes[Name],
  written: Partial<RecordTypes[Name]> = {},
): void {
  const { world, now } = editing;
  const record = { ...after, ...consequencesOf(resource, before, after, now), ...written };
  forbid(editing, resource, before, record);
  world.store.put(resource, record);
  ripple(world, resource, before, record, now);
}
