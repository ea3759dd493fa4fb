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
  if (!candidate) return;
  world.store.put('candidates', { ...candidate, last_activity: now, updated_at: now });
}
