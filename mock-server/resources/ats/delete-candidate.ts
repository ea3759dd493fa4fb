import { bury } from '../../records/tombstones.ts';
import type { GemHandler } from '../handler.ts';
import { living } from '../references.ts';

/** Deletes a candidate with their applications, files and notes; all stay as tombstones (gem-ats-api §2.1 #5, §9). */
export const deleteCandidate: GemHandler<'deleteCandidate'> = ({ path }, world) => {
  const candidate = living(world, 'candidates', path.candidate_id);
  bury(world, 'candidates', candidate.id, world.now());
  return { status: 204, body: undefined };
};
