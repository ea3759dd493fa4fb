import type { GemSchemas } from '../../contracts/gem.ts';
import type { RecordTypes } from '../../seeds/index.ts';
import { invalidField } from '../problems/problems.ts';
import type { World } from '../world/world.ts';

/** A file that was checked and may be stored. */
export type CheckedFile = Pick<RecordTypes['attachments'], 'filename' | 'type' | 'content_type' | 'content'>;

/** What a résumé may weigh, in bytes (gem-ats-api §9). */
export const fileLimit = 10 * 1024 * 1024;

const contentTypes: ReadonlyMap<string, string> = new Map([
  ['pdf', 'application/pdf'],
  ['doc', 'application/msword'],
  ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
]);

/**
 * Checks the file that stands in a JSON body.
 *
 * @param path where it stands, for the error
 * @throws GemProblem 422 when it is not base64, of a kind that Gem does not take, or too large (gem-ats-api §9)
 */
export function readAttachment(
  world: World,
  body: Pick<GemSchemas['AttachmentBody'], 'filename' | 'content' | 'type'>,
  path: readonly string[],
): CheckedFile {
  const content = Buffer.from(body.content, 'base64');
  // Without the blanks first: to find out that they lead to nothing may take as long as the square of their number.
  const letters = body.content.replaceAll(/\s/g, '');
  // What stands for bits is looked for by itself: a pattern of the whole would go back through all of a large text.
  if (content.length === 0 || /[^A-Za-z0-9+/]/.test(letters.replace(/={1,2}$/, ''))) {
    throw invalidField([...path, 'content'], 'Not valid base64.');
  }
  const content_type = checkFile(body.filename, content.length, [...path, 'filename'], 'json');
  return {
    filename: body.filename,
    type: typeOf(world, body.type),
    content_type,
    content: content.toString('base64'),
  };
}

/** Gem files every attachment that is written to it as a résumé (rule resume-attachments, gem-ats-api §14 #5). */
function typeOf(world: World, named: GemSchemas['FileType']): GemSchemas['FileType'] {
  return named !== 'resume' && world.switches.attachment_type === 'as_named' ? named : 'resume';
}

/**
 * Checks a file by its name and size.
 *
 * @returns the content type that its name stands for
 * @throws GemProblem 422
 */
export function checkFile(filename: string, size: number, path: readonly string[], location: string): string {
  const dot = filename.lastIndexOf('.');
  const extension = dot < 0 ? '' : filename.slice(dot + 1).toLowerCase();
  const contentType = contentTypes.get(extension);
  if (!contentType) throw invalidField(path, 'File must be one of: .pdf, .doc, .docx.', location);
  if (size > fileLimit) throw invalidField(path, 'File must not be larger than 10 MB.', location);
  return contentType;
}

/** Stores a checked file with its candidate. */
export function storeAttachment(
  world: World,
  file: CheckedFile,
  origin: Pick<RecordTypes['attachments'], 'candidate_id' | 'user_id' | 'created_at'>,
): RecordTypes['attachments'] {
  const attachment = { ...file, ...origin, id: world.nextId('attachment'), deleted_at: null };
  world.store.put('attachments', attachment);
  return attachment;
}
