import { GemError, GemThrottled, GemUnavailable } from '../gem/errors.ts';
import type { GemClient } from '../gem/client.ts';
import { readNote } from './gem-answers.ts';
import { isWritten, writeOnce } from './write-once.ts';

/** Whom a note is about and who writes it, by Gem's ids. */
export interface NoteAbout {
  candidateId: string;
  userId: string;
}

/**
 * Writes a note about a candidate for the whole team to see, unless the same user has written the same text before: a
 * caller who repeats a call that failed does not mean it twice. Whoever calls holds the turn of the candidate's notes.
 *
 * @throws GemError when Gem refuses or fails
 */
export async function writeNote(gem: GemClient, about: NoteAbout, text: string): Promise<void> {
  if (await wasWritten(gem, about, text)) return;
  try {
    await writeOnce(gem, {
      write: async () => {
        await gem.send('createNote', {
          path: { candidate_id: about.candidateId },
          body: { user_id: about.userId, body: text, visibility: 'public' },
        });
        return true;
      },
      find: async () => (await hasNote(gem, about, text)) || undefined,
    });
  } catch (error) {
    // Where Gem says that it has the note, it has it, whatever can be read afterwards.
    if (!isWritten(error)) throw error;
  }
}

/** Where Gem does not let us read its notes, they can be written all the same. */
async function wasWritten(gem: GemClient, about: NoteAbout, text: string): Promise<boolean> {
  try {
    return await hasNote(gem, about, text);
  } catch (error) {
    const isDown = error instanceof GemUnavailable || error instanceof GemThrottled;
    if (!isDown && error instanceof GemError) return false;
    throw error;
  }
}

async function hasNote(gem: GemClient, { candidateId, userId }: NoteAbout, text: string): Promise<boolean> {
  for (let page = 1; page <= mostPages; page += 1) {
    const answer = await gem.send('listNotes', {
      path: { candidate_id: candidateId },
      query: { page, page_size: 100, sort: 'desc' },
    });
    const notes = Array.isArray(answer) ? answer.map((note: unknown) => readNote(note)) : [];
    if (notes.some((note) => note.userId === userId && isSame(note.text, text))) return true;
    if (notes.length === 0) return false;
  }
  return false;
}

/** The newest thousands of notes; older ones were not written by a call that is being repeated. */
const mostPages = 20;

/** Gem may keep line ends and blanks in its own way. */
function isSame(one: string, other: string): boolean {
  return one.split(/\s+/).join(' ').trim() === other.split(/\s+/).join(' ').trim();
}
