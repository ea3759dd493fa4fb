import { toInstant } from '../../contracts/clock.ts';
import type { CandidateRecord, NoteRecord } from '../records.ts';
import type { Kit } from './kit.ts';

/** Makes a note about a candidate: public, written a day after the candidate came. */
export function makeNote(
  kit: Kit,
  candidate: CandidateRecord,
  overrides: Partial<NoteRecord> & Pick<NoteRecord, 'user_id' | 'body'>,
): NoteRecord {
  return {
    id: kit.identifiers.next('note'),
    candidate_id: candidate.id,
    visibility: 'public',
    created_at: toInstant(Date.parse(candidate.created_at) + 24 * 60 * 60_000),
    deleted_at: null,
    ...overrides,
  };
}
