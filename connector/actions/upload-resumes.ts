import type { GemSchemas } from '../../contracts/gem.ts';
import { GemError, GemNotFound, GemRefusedInput, type GemClient } from '../gem/index.ts';
import { toResumeUpload, type LoadedAttachment } from '../policy/resume-attachments.ts';
import { writeOnce } from './write-once.ts';

/** The candidate whose files they are, who uploads them, and since when. */
export interface UploadTo {
  candidateId: string;
  /** The Gem user who uploads; without one, nothing can be uploaded. */
  actingUserId: string | null;
  /** A moment before the first upload, by Gem's clock. */
  since: string;
}

/**
 * Uploads files to a candidate at Gem, in the name of a user. The application exists by then, so that a file which
 * cannot be stored fails nothing (kombo-unified-api §3.2).
 *
 * @returns one warning for each file that was not stored
 */
export async function uploadResumes(
  gem: GemClient,
  to: UploadTo,
  attachments: readonly LoadedAttachment[],
): Promise<string[]> {
  const { actingUserId } = to;
  const warnings: string[] = [];
  const uploaded = new Set<string>();
  for (const [index, attachment] of attachments.entries()) {
    const reason =
      actingUserId === null
        ? 'the integration has no acting user, in whose name Gem stores files'
        : await upload(gem, { ...to, actingUserId }, attachment, uploaded);
    if (reason !== undefined) warnings.push(`attachments[${index}] was not stored: ${reason}.`);
  }
  return warnings;
}

/** @param uploaded what was uploaded before, by Gem's ids; this one is added */
async function upload(
  gem: GemClient,
  { candidateId, actingUserId: userId, since }: UploadTo & { actingUserId: string },
  attachment: LoadedAttachment,
  uploaded: Set<string>,
): Promise<string | undefined> {
  const { filename, contentType, content } = toResumeUpload(attachment);
  const path = { candidate_id: candidateId };
  const isThis = (resume: GemSchemas['UploadedResume']) =>
    resume.user_id === userId && !uploaded.has(resume.id) && isSameName(resume.filename ?? '', filename);
  try {
    const { id } = await writeOnce(gem, {
      write: () => {
        const form = new FormData();
        form.set('resume_file', new Blob([Uint8Array.from(content)], { type: contentType }), filename);
        return gem.call('uploadResume', { path: { ...path, user_id: userId }, form });
      },
      find: async () => {
        // The CRM counts in whole seconds. An application that was created just now has no hundred files.
        const created_after = Math.floor(Date.parse(since) / 1000);
        const query = { created_after, page_size: 100 };
        return (await gem.call('listUploadedResumes', { path, query })).find(isThis);
      },
    });
    uploaded.add(id);
    return undefined;
  } catch (error) {
    if (error instanceof GemNotFound) return 'Gem does not know the acting user of the integration';
    if (error instanceof GemRefusedInput) return 'Gem takes only .pdf, .doc and .docx files of up to 10 MB';
    if (error instanceof GemError) return error.message;
    throw error;
  }
}

/** What lies between may spell letters beyond ASCII in another way; an upload that is not recognised is made twice. */
function isSameName(one: string, other: string): boolean {
  return plainLettersOf(one) === plainLettersOf(other);
}

function plainLettersOf(name: string): string {
  return name.normalize('NFC').replaceAll(/[^\x21-\x7e]/g, '');
}
