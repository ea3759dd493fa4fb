import type { GemSchemas } from '../../../contracts/gem.ts';
import { UnknownPath } from '../../../contracts/server/mount.ts';
import type { RecordTypes } from '../../../seeds/index.ts';
import type { Store } from '../../store/store.ts';
import { recordCandidateActivity } from '../../records/activity.ts';
import type { World } from '../../world/world.ts';
import { serialise, type GemHandler } from '../resource.ts';
import { living, referenced } from '../references.ts';
import { presentUsers } from './users.ts';

type NoteRecord = RecordTypes['notes'];

/** Writes a note into a candidate's activity feed in the name of a user (gem-ats-api §5.2). */
export const createNote: GemHandler<'createNote'> = ({ path, body }, world) => {
  const candidate = living(world, 'candidates', path.candidate_id);
  const user = referenced(world, 'users', body.user_id, 'user_id');
  const { visibility } = body;
  const note = writeNote(
    world,
    { candidate_id: candidate.id, user_id: user.id, body: body.body, visibility },
    world.now(),
  );
  const [sent] = presentNotes(world.store, [note]);
  if (!sent) throw new Error('a note was written by nobody');
  return { status: 201, body: serialise(sent) };
};

/** What happened around a candidate: the notes. Nothing here sends e-mails or logs activities (gem-ats-api §2.1 #7). */
export const getActivityFeed: GemHandler<'getActivityFeed'> = ({ path }, world) => {
  if (world.switches.activity_feed === 'missing') throw new UnknownPath();
  living(world, 'candidates', path.candidate_id);
  const notes = world.store
    .collection('notes')
    .by('candidate_id', path.candidate_id)
    .filter(({ deleted_at }) => deleted_at === null);
  return {
    status: 200,
    body: serialise({ activities: [], emails: [], notes: presentNotes(world.store, notes) }),
  };
};

/** Notes in the words of the ATS (gem-ats-api §3.11). */
function presentNotes(store: Store, notes: readonly NoteRecord[]): GemSchemas['Note'][] {
  return notes.flatMap(({ body, created_at, id, user_id, visibility }) =>
    presentUsers(store, [user_id]).map((user) => ({
      body,
      created_at,
      id,
      private: visibility === 'private',
      user,
      visibility,
    })),
  );
}

/** Writes a note about a candidate; the ATS and the CRM write the same notes (gem-ats-api §3.11, §7). */
export function writeNote(
  world: World,
  note: Pick<NoteRecord, 'candidate_id' | 'user_id' | 'body' | 'visibility'>,
  now: string,
): NoteRecord {
  const written = { ...note, id: world.nextId('note'), created_at: now, deleted_at: null };
  world.store.put('notes', written);
  recordCandidateActivity(world, note.candidate_id, now);
  return written;
}
