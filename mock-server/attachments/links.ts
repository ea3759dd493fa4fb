// The files behind the links that candidates' attachments carry: signed, and for a limited time (gem-ats-api §9).
import { timingSafeEqual } from 'node:crypto';
import type { ExtraRoute } from '../../contracts/server/mount.ts';
import { linkExpired, linkNotSigned, LinkRefused } from '../problems/link-refusals.ts';
import { attachmentOperation } from '../requests/operations.ts';
import type { World } from '../world/world.ts';

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
