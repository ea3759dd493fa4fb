import { GemError, GemUnavailable, type GemClient } from '../gem/index.ts';
import { writeOnce } from './write-once.ts';

/** Whom a note is about and who writes it, by Gem's ids. */
export interface NoteAbout {
  candidateId: string;
  userId: string;
}

/**
 * Writes a note about a candidate for the whole team to see, unless the same user has written the same text before: a
 * caller who repeats a call that failed does not mean it twice.
 *
 * @throws GemError when Gem refuses or fails
 */
export async function writeNote(gem: GemClient, about: NoteAbout, text: string): Promise<void> {
  if (await wasWritten(gem, about, text)) return;
  await writeOnce(gem, {
    write: async () => {
      await gem.call('createNote', {
        path: { candidate_id: about.candidateId },
        body: { user_id: about.userId, body: text, visibility: 'public' },
      });
      return true;
    },
    find: async () => (await hasNote(gem, about, text)) || undefined,
  });
}

/** Where Gem does not let us read its notes, they can be written all the same. */
async function wasWritten(gem: GemClient, about: NoteAbout, text: string): Promise<boolean> {
  try {
    return await hasNote(gem, about, text);
  } catch (error) {
    if (error instanceof GemError && !(error instanceof GemUnavailable)) return false;
    throw error;
  }
}

async function hasNote(gem: GemClient, { candidateId, userId }: NoteAbout, text: string): Promise<boolean> {
  for (let page = 1; page <= mostPages; page += 1) {
    const notes = await gem.call('listNotes', {
      path: { candidate_id: candidateId },
      query: { page, page_size: 100, sort: 'desc' },
    });
    if (notes.some(({ content, user_id }) => user_id === userId && isSame(content, text))) return true;
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
