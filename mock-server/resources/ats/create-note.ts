import { recordCandidateActivity } from '../../activity.ts';
import { invalidField, notFound } from '../../http/problems.ts';
import type { GemHandler } from '../handler.ts';
import { serialise } from '../resource.ts';
import { presentUsers } from './users.ts';

/** Writes a note into a candidate's activity feed in the name of a user (gem-ats-api §5.2). */
export const createNote: GemHandler<'createNote'> = ({ path, body }, world) => {
  const candidate = world.store.get('candidates', path.candidate_id);
  if (!candidate || candidate.deleted_at !== null) throw notFound('Candidate');
  const [user] = presentUsers(world.store, [body.user_id]);
  if (!user) throw invalidField(['user_id'], 'User not found.');
  const note = {
    id: world.nextId('note'),
    candidate_id: candidate.id,
    user_id: user.id,
    body: body.body,
    visibility: body.visibility,
    created_at: world.now(),
    deleted_at: null,
  };
  world.store.put('notes', note);
  recordCandidateActivity(world, candidate.id);
  return {
    status: 201,
    body: serialise({
      body: note.body,
      created_at: note.created_at,
      id: note.id,
      private: note.visibility === 'private',
      user,
      visibility: note.visibility,
    }),
  };
};
