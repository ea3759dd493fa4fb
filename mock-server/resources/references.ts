import type { RecordTypes, ResourceName } from '../../seeds/index.ts';
import { invalidField, notFound, type GemProblem } from '../problems/problems.ts';
import type { World } from '../world/world.ts';

/**
 * The record that a path names.
 *
 * @throws GemProblem 404 when there is none, or only a deleted one
 */
export function living<Name extends ResourceName>(world: World, name: Name, id: string): RecordTypes[Name] {
  const record = world.store.get(name, id);
  if (!record || record.deleted_at !== null) {
    throw noSuchRecord(world, { name, label: labelOf(name) }, id);
  }
  return record;
}

/**
 * The record that a field of the body names.
 *
 * @throws GemProblem 422 at that field when there is none, or only a deleted one
 */
export function referenced<Name extends ResourceName>(
  world: World,
  name: Name,
  id: string,
  field: string,
): RecordTypes[Name] {
  const record = world.store.get(name, id);
  if (!record || record.deleted_at !== null) throw invalidField([field], `${labelOf(name)} not found.`);
  return record;
}

/**
 * The user whom a field of the body names, by id or else by e-mail address (gem-ats-api §5.1).
 *
 * @throws GemProblem 422 at that field
 */
export function referencedUser(
  world: World,
  named: { user_id?: string; email?: string },
  field: string,
): RecordTypes['users'] {
  const email = named.email?.toLowerCase() ?? '';
  const id = named.user_id ?? world.store.collection('users').by('email', email)[0]?.id ?? '';
  return referenced(world, 'users', id, field);
}

/** What one record of a resource is called in a message: `Job stage` for `job_stages`. */
function labelOf(name: ResourceName): string {
  const words = name.slice(0, -1).replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * What a path gets that names no record: 404, or 422 for an id that Gem could not even read where a switch says so
 * (gem-ats-api §14 #9).
 */
export function noSuchRecord(
  world: World,
  resource: { name: ResourceName; label: string },
  id: string,
): GemProblem {
  if (!isDecodable(id) && world.switches.undecodable_id === 'refuse') {
    const parameter =
      resource.name === 'scheduled_interviews' ? 'interview_id' : `${resource.name.slice(0, -1)}_id`;
    return invalidField([parameter], 'Not a valid ObjectID.', 'path');
  }
  return notFound(resource.label);
}

/** An id is a number from an older ATS, a UUID, or base64 of a type and a colon and more (gem-ats-api §1.7). */
function isDecodable(id: string): boolean {
  if (/^\d+$/.test(id) || /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id)) return true;
  return /^[A-Za-z]+:./s.test(Buffer.from(id, 'base64url').toString('latin1'));
}
