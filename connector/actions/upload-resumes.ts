import { GemError, GemNotFound, GemRefusedInput, type GemClient } from '../gem/index.ts';
import { toResumeUpload, type LoadedAttachment } from '../policy/resume-attachments.ts';

/**
 * Uploads files to a candidate at Gem, in the name of a user. The application exists by then, so that a file which
 * cannot be stored fails nothing (kombo-unified-api §3.2).
 *
 * @param actingUserId the Gem user who uploads; without one, nothing can be uploaded
 * @returns one warning for each file that was not stored
 */
export async function uploadResumes(
  gem: GemClient,
  candidateId: string,
  actingUserId: string | null,
  attachments: readonly LoadedAttachment[],
): Promise<string[]> {
  const warnings: string[] = [];
  for (const [index, attachment] of attachments.entries()) {
    const reason =
      actingUserId === null
        ? 'the integration has no acting user, in whose name Gem stores files'
        : await upload(gem, candidateId, actingUserId, attachment);
    if (reason !== undefined) warnings.push(`attachments[${index}] was not stored: ${reason}.`);
  }
  return warnings;
}

async function upload(
  gem: GemClient,
  candidateId: string,
  userId: string,
  attachment: LoadedAttachment,
): Promise<string | undefined> {
  const { filename, contentType, content } = toResumeUpload(attachment);
  const form = new FormData();
  form.set('resume_file', new Blob([Uint8Array.from(content)], { type: contentType }), filename);
  try {
    await gem.call('uploadResume', { path: { candidate_id: candidateId, user_id: userId }, form });
    return undefined;
  } catch (error) {
    if (error instanceof GemNotFound) return 'Gem does not know the acting user of the integration';
    if (error instanceof GemRefusedInput) return 'Gem takes only .pdf, .doc and .docx files of up to 10 MB';
    if (error instanceof GemError) return error.message;
    throw error;
  }
}
