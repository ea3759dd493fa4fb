import { recordCandidateActivity } from '../records/activity.ts';
import type { RecordTypes } from '../../seeds/index.ts';
import type { World } from '../world/world.ts';

type NoteRecord = RecordTypes['notes'];

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
