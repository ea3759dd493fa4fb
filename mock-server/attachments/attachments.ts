import { timingSafeEqual } from 'node:crypto';
import type { GemSchemas } from '../../contracts/gem.ts';
import type { RecordTypes } from '../../seeds/index.ts';
import type { ExtraRoute } from '../../contracts/server/mount.ts';
import { invalidField, linkExpired, linkNotSigned, LinkRefused } from '../problems/problems.ts';
import type { World } from '../world/world.ts';
import { attachmentOperation } from '../requests/operations.ts';

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

// The files behind the links that candidates' attachments carry: signed, and for a limited time (gem-ats-api §9).

/** Serves the links of a world. */
export const attachmentLinks: ExtraRoute<World> = {
  operation: attachmentOperation,
  handle({ request, query: { expires, signature } }, world) {
    const id = String(request.params['attachment']);
    const isSigned =
      typeof expires === 'string' &&
      typeof signature === 'string' &&
      isSame(signature, world.links.sign(id, expires));
    const attachment = world.store.get('attachments', id);
    if (!isSigned || !attachment) throw linkNotSigned();
    if (Number(expires) * 1000 < world.clock.now()) throw linkExpired();
    if (attachment.deleted_at !== null) throw new LinkRefused('Not found: the file was deleted.', 404);
    return {
      status: 200,
      body: Buffer.from(attachment.content, 'base64'),
      headers: {
        'Content-Type': attachment.content_type,
        'Content-Disposition': dispositionOf(attachment.filename),
      },
    };
  },
};

/** Offers a file under its name: in plain letters for old clients, and as it is (RFC 6266). */
function dispositionOf(filename: string): string {
  const plain = filename.replaceAll(/[^\x20-\x7e]|["\\%]/g, '?');
  const exact = encodeURIComponent(filename.toWellFormed()).replaceAll(/['()*]/g, percentEncode);
  return `attachment; filename="${plain}"${plain === filename ? '' : `; filename*=UTF-8''${exact}`}`;
}

function percentEncode(letter: string): string {
  return `%${letter.charCodeAt(0).toString(16).toUpperCase()}`;
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
