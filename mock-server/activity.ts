import type { World } from './world.ts';

/**
 * Notes that something happened to an application just now: it moves `last_activity_at` of the application and
 * `last_activity` and `updated_at` of its candidate (gem-ats-api §14 #14).
 */
export function recordActivity(world: World, applicationId: string): void {
  const application = world.store.get('applications', applicationId);
  if (!application) return;
  world.store.put('applications', { ...application, last_activity_at: world.now() });
  recordCandidateActivity(world, application.candidate_id);
}

/** Notes that something happened to a candidate just now. */
export function recordCandidateActivity(world: World, candidateId: string): void {
  const candidate = world.store.get('candidates', candidateId);
  if (!candidate) return;
  const now = world.now();
  world.store.put('candidates', { ...candidate, last_activity: now, updated_at: now });
}
