import { GemError, GemNotFound, GemRefusedInput, GemThrottled, GemUnavailable } from '../gem/errors.ts';
import type { GemClient } from '../gem/client.ts';
import type { PendingFile } from '../store/queries/creations.ts';
import { readResume, type SeenResume } from './gem-answers.ts';
import { isWritten, writeOnce } from './write-once.ts';

/** The candidate whose files they are, who uploads them, and since when. */
export interface UploadTo {
  candidateId: string;
  /** The Gem user who uploads; without one, nothing can be uploaded. */
  actingUserId: string | null;
  /** A moment before the first upload, by Gem's clock. */
  since: string;
  /** Ids of files that the candidate had before. */
  known: readonly string[];
  /** Whether another process may have uploaded some of them, and died before it noted that. */
  isResumed: boolean;
}

/** What became of files. */
export interface UploadResult {
  /** One for each file that is not stored. */
  warnings: string[];
  /** Whether some of them are to be tried again. */
  isIncomplete: boolean;
}

/**
 * Uploads files to a candidate at Gem, in the name of a user. The application exists by then, so that a file which
 * cannot be stored fails nothing (kombo-unified-api §3.2).
 *
 * @param note called with each file that is done
 */
export async function uploadResumes(
  gem: GemClient,
  to: UploadTo,
  files: readonly PendingFile[],
  note: (file: Pick<PendingFile, 'position' | 'uploadedAs'>) => Promise<void>,
): Promise<UploadResult> {
  const { actingUserId } = to;
  const uploaded: UploadResult = { warnings: [], isIncomplete: false };
  const taken = new Set([...to.known, ...files.flatMap(({ uploadedAs }) => uploadedAs ?? [])]);
  for (const file of files) {
    const { position, content } = file;
    if (content === null) continue;
    const { id, reason, isLater }: Outcome =
      actingUserId === null
        ? { reason: 'the integration has no acting user, in whose name Gem stores files' }
        : await upload(gem, { ...to, actingUserId }, { ...file, content }, taken);
    if (id !== undefined) taken.add(id);
    if (reason !== undefined) {
      const what = isLater ? 'is not stored yet, and is tried again later' : 'was not stored';
      uploaded.warnings.push(`attachments[${position}] ${what}: ${reason}.`);
    }
    if (isLater) uploaded.isIncomplete = true;
    else await note({ position, uploadedAs: id ?? null });
  }
  return uploaded;
}

interface Outcome {
  /** Gem's id of the file, where it says it. */
  id?: string | undefined;
  /** Why it is not stored. */
  reason?: string;
  isLater?: boolean;
}

/** @param taken what was uploaded before, by Gem's ids */
async function upload(
  gem: GemClient,
  to: UploadTo & { actingUserId: string },
  { filename, contentType, content }: PendingFile & { content: Uint8Array },
  taken: ReadonlySet<string>,
): Promise<Outcome> {
  const path = { candidate_id: to.candidateId };
  const isThis = ({ id, userId, filename: name }: SeenResume) =>
    userId === to.actingUserId && !taken.has(id) && isSameName(name, filename);
  const find = async () => (await listResumes(gem, to)).find(isThis);
  const write = async (): Promise<Outcome> => {
    const form = new FormData();
    form.set('resume_file', new Blob([Uint8Array.from(content)], { type: contentType }), filename);
    const answer = await gem.send('uploadResume', { path: { ...path, user_id: to.actingUserId }, form });
    return { id: readResume(answer)?.id ?? (await findQuietly(find))?.id };
  };
  try {
    const found = to.isResumed ? await find() : undefined;
    return found ?? (await writeOnce<Outcome>(gem, { write, find }));
  } catch (error) {
    // Gem said that it has the file; that counts even if it cannot be read afterwards.
    if (isWritten(error)) return {};
    if (error instanceof GemNotFound)
      return { reason: 'Gem does not know the acting user of the integration' };
    if (error instanceof GemRefusedInput) {
      return { reason: 'Gem takes only .pdf, .doc and .docx files of up to 10 MB' };
    }
    if (!(error instanceof GemError)) throw error;
    return {
      reason: error.message,
      isLater: error instanceof GemUnavailable || error instanceof GemThrottled,
    };
  }
}

/**
 * The files that users have uploaded to a candidate since a moment.
 *
 * @throws GemError when Gem cannot be asked
 */
export async function listResumes(
  gem: GemClient,
  { candidateId, since }: Pick<UploadTo, 'candidateId' | 'since'>,
): Promise<SeenResume[]> {
  // The CRM counts in whole seconds. An application that was created just now has no hundred files.
  const created_after = Math.floor(Date.parse(since) / 1000);
  const answer = await gem.send('listUploadedResumes', {
    path: { candidate_id: candidateId },
    query: { created_after, page_size: 100 },
  });
  return Array.isArray(answer) ? answer.flatMap((one: unknown) => readResume(one) ?? []) : [];
}

async function findQuietly(find: () => Promise<SeenResume | undefined>): Promise<SeenResume | undefined> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof GemError) return undefined;
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
