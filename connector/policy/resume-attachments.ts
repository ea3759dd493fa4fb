import type { UnifiedSchemas } from '../../contracts/unified.ts';

/** An attachment of a create call whose content is at hand, decoded or downloaded. */
export interface LoadedAttachment {
  name: string;
  type: UnifiedSchemas['AttachmentInput']['type'];
  content_type: string;
  content: Uint8Array;
}

/** A file as Gem's résumé upload takes it. */
export interface ResumeUpload {
  filename: string;
  contentType: string;
  content: Uint8Array;
}

/**
 * Turns an attachment into a résumé upload, whatever its type: Gem's API knows no other kind of file (rule
 * resume-attachments, gem-ats-api §5.4).
 *
 * Gem judges a file by the ending of its name, so a name without one gets the ending of its content type.
 */
export function toResumeUpload({ name, content_type, content }: LoadedAttachment): ResumeUpload {
  const ending = endings.get(content_type.replace(/;.*/s, '').trim().toLowerCase());
  const isEnded = /\.(pdf|docx?)$/i.test(name);
  return {
    filename: isEnded || ending === undefined ? name : `${name}${ending}`,
    contentType: content_type,
    content,
  };
}

const endings: ReadonlyMap<string, string> = new Map([
  ['application/pdf', '.pdf'],
  ['application/msword', '.doc'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', '.docx'],
]);
