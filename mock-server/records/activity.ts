import type { ResourceName } from '../../seeds/index.ts';
import type { World } from '../world/world.ts';

/**
 * Notes that something happened to an application: it moves `last_activity_at` of the application and
 * `last_activity` and `updated_at` of its candidate (gem-ats-api §14 #14).
 *
 * @param now the instant of the request, which is one for all that it writes
 */
export function recordActivity(world: World, applicationId: string, now: string): void {
  const application = world.store.get('applications', applicationId);
  if (!application) return;
  // One that was stored a moment ago has it already, and to put it twice takes as long again.
  if (application.last_activity_at !== now)
    world.store.put('applications', { ...application, last_activity_at: now });
  recordCandidateActivity(world, application.candidate_id, now);
}

/** Notes that something happened around a candidate, such as a note or a file; a world may take no notice of that. */
export function recordCandidateActivity(world: World, candidateId: string, now: string): void {
  if (world.switches.candidate_activity === 'profile') return;
  recordProfileChange(world, candidateId, now);
}

/** Notes that the candidate itself was changed. */
export function recordProfileChange(world: World, candidateId: string, now: string): void {
  const candidate = world.store.get('candidates', candidateId);
  if (!candidate || (candidate.last_activity === now && candidate.updated_at === now)) return;
  world.store.put('candidates', { ...candidate, last_activity: now, updated_at: now });
}

/** Notes the activity that a change of a record is for the application and the candidate that it belongs to. */
export function recordActivityAround(world: World, resource: ResourceName, id: string, now: string): void {
  const record = world.store.get(resource, id);
  if (!record) return;
  if ('application_id' in record && record.application_id !== null && resource !== 'openings') {
    recordActivity(world, record.application_id, now);
  } else if ('candidate_id' in record) recordCandidateActivity(world, record.candidate_id, now);
}
