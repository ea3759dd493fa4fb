import { timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { GemSchemas } from '../contracts/gem.ts';
import type { RecordTypes } from '../seeds/index.ts';
import { invalidField } from './http/problems.ts';
import type { World } from './world.ts';
import type { Worlds } from './worlds.ts';

/** A file that was checked and may be stored. */
export type CheckedFile = Pick<RecordTypes['attachments'], 'filename' | 'type' | 'content_type' | 'content'>;

/** What a résumé may weigh, in bytes (gem-ats-api §9). */
export const fileLimit = 10 * 1024 * 1024;

const contentTypes: Record<string, string> = {
  pdf: 'application/pdf',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

/**
 * Checks the file that stands in a JSON body.
 *
 * @param path where it stands, for the error
 * @throws GemProblem 422 when it is not base64, of a kind that Gem does not take, or too large (gem-ats-api §9)
 */
export function readAttachment(
  body: Pick<GemSchemas['AttachmentBody'], 'filename' | 'content'>,
  path: readonly string[],
): CheckedFile {
  const content = Buffer.from(body.content, 'base64');
  if (content.length === 0 || !/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(body.content)) {
    throw invalidField([...path, 'content'], 'Not valid base64.');
  }
  const content_type = checkFile(body.filename, content.length, [...path, 'filename'], 'json');
  // Gem files whatever is written to it as a résumé (brief: resume-attachments).
  return { filename: body.filename, type: 'resume', content_type, content: content.toString('base64') };
}

/**
 * Checks a file by its name and size.
 *
 * @returns the content type that its name stands for
 * @throws GemProblem 422
 */
export function checkFile(filename: string, size: number, path: readonly string[], location: string): string {
  const extension = filename.split('.').at(-1)?.toLowerCase() ?? '';
  const contentType = contentTypes[extension];
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

/** Serves the links that candidates' attachments carry: signed, and for a limited time (gem-ats-api §9). */
export function serveAttachment(worlds: Worlds): RequestHandler<{ world: string; attachment: string }> {
  return (request, response) => {
    const { expires, signature } = request.query;
    const world = worlds.byId(request.params.world);
    const isSigned =
      world !== undefined &&
      typeof expires === 'string' &&
      typeof signature === 'string' &&
      isSame(signature, world.signLink(request.params.attachment, expires));
    const attachment = world?.store.get('attachments', request.params.attachment);
    if (!isSigned || !attachment) {
      response.status(403).type('text/plain').send('Access denied: the link is not signed for this file.\n');
    } else if (Number(expires) * 1000 < world.clock.now()) {
      response.status(403).type('text/plain').send('Access denied: the link has expired.\n');
    } else {
      response.status(200).type(attachment.content_type).attachment(attachment.filename);
      response.send(Buffer.from(attachment.content, 'base64'));
    }
  };
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
