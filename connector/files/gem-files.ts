import type { GemSchemas } from '../../contracts/gem.ts';
import type { UnifiedSchemas } from '../../contracts/unified.ts';
import { komboId } from '../models/identifiers.ts';

/** A file of a candidate at Gem, with the id that Gem does not give it. */
export interface GemFile {
  id: string;
  remoteId: string;
  type: UnifiedSchemas['AttachmentType'];
  name: string;
  contentType: string;
  createdAt: string;
  /** Where Gem lets it be fetched for a while. */
  url: string;
}

/**
 * Gives each file of a candidate a stable id, made of what does not change: when it was uploaded and how it is called.
 * Files that are alike in both are told apart by their order. The place in the list is no part of it, so that a file
 * which is deleted does not change the ids of the others.
 */
export function gemFilesOf(
  integrationId: string,
  { id: candidateId, attachments }: Pick<GemSchemas['Candidate'], 'id' | 'attachments'>,
): GemFile[] {
  const met = new Map<string, number>();
  return attachments.map(({ created_at: createdAt, filename: name, type, url }) => {
    const alike = `${candidateId}/${createdAt}/${name}`;
    const before = met.get(alike) ?? 0;
    met.set(alike, before + 1);
    const remoteId = before === 0 ? alike : `${alike}/${before}`;
    return {
      id: komboId(integrationId, remoteId),
      remoteId,
      type: types[type] ?? 'OTHER',
      name,
      contentType: contentTypeOf(name),
      createdAt,
      url,
    };
  });
}

/** What a file is, by the ending of its name; Gem does not say it otherwise. */
export function contentTypeOf(name: string): string {
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return contentTypes.get(ending) ?? 'application/octet-stream';
}

const types: Readonly<Record<string, UnifiedSchemas['AttachmentType']>> = {
  resume: 'CV',
  cover_letter: 'COVER_LETTER',
};

/** The endings that recruiting files have; Gem's API itself takes only the first three (gem-ats-api §5.4). */
const contentTypes = new Map([
  ['pdf', 'application/pdf'],
  ['doc', 'application/msword'],
  ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['odt', 'application/vnd.oasis.opendocument.text'],
  ['rtf', 'application/rtf'],
  ['txt', 'text/plain'],
  ['png', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
]);
