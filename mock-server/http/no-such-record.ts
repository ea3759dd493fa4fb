import type { ResourceName } from '../../seeds/index.ts';
import type { World } from '../world/world.ts';
import { invalidField, notFound, type GemProblem } from '../problems/problems.ts';

/**
 * What a path gets that names no record: 404, or 422 for an id that Gem could not even read where a world is told so
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

/** An id is a number from an older ATS, or base64 of a type and a colon and more (gem-ats-api §1.7). */
function isDecodable(id: string): boolean {
  return /^\d+$/.test(id) || /^[A-Za-z]+:./s.test(Buffer.from(id, 'base64url').toString('latin1'));
}
