import type { GemHandler } from '../handler.ts';
import { living } from '../references.ts';

/** Deletes a candidate and their applications; all stay as tombstones (gem-ats-api §2.1 #5, §9). */
export const deleteCandidate: GemHandler<'deleteCandidate'> = ({ path }, world) => {
  const candidate = living(world, 'candidates', path.candidate_id);
  const now = world.now();
  for (const application of world.store.collection('applications').by('candidate_id', candidate.id)) {
    if (application.deleted_at !== null) continue;
    world.store.put('applications', { ...application, last_activity_at: now, deleted_at: now });
  }
  world.store.put('candidates', { ...candidate, last_activity: now, updated_at: now, deleted_at: now });
  return { status: 204, body: undefined };
};
