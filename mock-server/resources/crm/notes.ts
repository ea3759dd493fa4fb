import type { GemSchemas } from '../../../contracts/gem.ts';
import type { RecordTypes } from '../../../seeds/index.ts';
import { recordCandidateActivity } from '../../records/activity.ts';
import type { World } from '../../world/world.ts';
import { pageOf } from '../listing/pages.ts';
import { serialise, type GemHandler } from '../resource.ts';
import { living, referenced } from '../references.ts';
import { writeNote } from '../ats/notes.ts';

type NoteRecord = RecordTypes['notes'];

/** A candidate's notes in the words of the CRM (gem-ats-api §7). */
export const listNotes: GemHandler<'listNotes'> = ({ path, query }, world) => {
  living(world, 'candidates', path.candidate_id);
  const { created_after = -Infinity, created_before = Infinity } = query;
  const notes = world.store
    .collection('notes')
    .by('candidate_id', path.candidate_id)
    .filter(({ deleted_at }) => deleted_at === null)
    .filter((note) => timestamp(note) >= created_after && timestamp(note) < created_before);
  const sorted = query.sort === 'desc' ? notes.toReversed() : notes;
  return pageOf(
    sorted.map((note) => serialise(presentNote(note))),
    query,
  );
};

export const createCrmNote: GemHandler<'createCrmNote'> = ({ body }, world) => {
  const candidate = referenced(world, 'candidates', body.candidate_id, 'candidate_id');
  const user = referenced(world, 'users', body.user_id, 'user_id');
  const visibility = body.is_private === true ? 'private' : 'public';
  const note = { candidate_id: candidate.id, user_id: user.id, body: body.content, visibility } as const;
  return { status: 201, body: serialise(presentNote(writeNote(world, note, world.now()))) };
};

export const getNote: GemHandler<'getNote'> = ({ path }, world) => ({
  status: 200,
  body: serialise(presentNote(readableNote(world, path.note_id))),
});

export const deleteNote: GemHandler<'deleteNote'> = ({ path }, world) => {
  const note = readableNote(world, path.note_id);
  const now = world.now();
  world.store.put('notes', { ...note, deleted_at: now });
  recordCandidateActivity(world, note.candidate_id, now);
  return { status: 204, body: undefined };
};

/** A note goes with its candidate. */
function readableNote(world: World, id: string): NoteRecord {
  const note = living(world, 'notes', id);
  living(world, 'candidates', note.candidate_id);
  return note;
}

function presentNote(note: NoteRecord): GemSchemas['CrmNote'] {
  return {
    candidate_id: note.candidate_id,
    content: note.body,
    id: note.id,
    is_private: note.visibility === 'private',
    timestamp: timestamp(note),
    user_id: note.user_id,
  };
}

function timestamp(note: NoteRecord): number {
  return Math.floor(Date.parse(note.created_at) / 1000);
}
