import type { UnifiedSchemas } from '../../contracts/unified.ts';
import type { Clock } from '../../contracts/clock.ts';
import { komboId } from '../identifiers.ts';
import { toInstant } from '../models/moment.ts';
import type { Vault } from '../store/vault.ts';

/** A file of a candidate at Gem, with the id that Gem does not give it. */
export interface GemFile {
  id: string;
  remoteId: string;
  type: UnifiedSchemas['AttachmentType'];
  name: string;
  contentType: string;
  /** An instant; null where Gem does not say it. */
  createdAt: string | null;
  /** Where Gem lets it be fetched for a while. */
  url: string;
}

/**
 * Gives each file of a candidate a stable id, made of what does not change: when it was uploaded and how it is called.
 * Files that are alike in both are told apart by their order. The place in the list is no part of it, so that a file
 * which is deleted does not change the ids of the others.
 *
 * @param candidate as Gem answered it; what cannot be read of a file is left out
 */
export function gemFilesOf(integrationId: string, candidateId: string, candidate: unknown): GemFile[] {
  const met = new Map<string, number>();
  return readFiles(candidate).map(({ created_at: createdAt, filename, type, url }) => {
    const name = textOf(filename) ?? 'file';
    const alike = `${candidateId}/${textOf(createdAt) ?? ''}/${name}`;
    const before = met.get(alike) ?? 0;
    met.set(alike, before + 1);
    const remoteId = before === 0 ? alike : `${alike}/${before}`;
    return {
      id: komboId(integrationId, remoteId),
      remoteId,
      type: types.get(textOf(type) ?? '') ?? 'OTHER',
      name,
      contentType: contentTypeOf(name),
      createdAt: toInstant(createdAt),
      url: textOf(url) ?? '',
    };
  });
}

interface File {
  created_at?: unknown;
  filename?: unknown;
  type?: unknown;
  url?: unknown;
}

function readFiles(candidate: unknown): File[] {
  const isWhole = typeof candidate === 'object' && candidate !== null && 'attachments' in candidate;
  const files: unknown[] = isWhole && Array.isArray(candidate.attachments) ? candidate.attachments : [];
  return files.filter((file): file is File => typeof file === 'object' && file !== null);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** What a file is, by the ending of its name; Gem does not say it otherwise. */
export function contentTypeOf(name: string): string {
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return contentTypes.get(ending) ?? 'application/octet-stream';
}

const types: ReadonlyMap<string, UnifiedSchemas['AttachmentType']> = new Map([
  ['resume', 'CV'],
  ['cover_letter', 'COVER_LETTER'],
]);

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

/** The file that a link leads to. */
export interface LinkedFile {
  integrationId: string;
  /** Gem's id of the candidate. */
  candidateId: string;
  /** Our id of the file. */
  fileId: string;
}

/** How long a link works, in milliseconds. */
export const linkLifetime = 3_600_000;

/**
 * Makes the path of a link. Anybody who has the link can fetch one file for an hour, without an API key. It is sealed with the
 * key that seals credentials, so it works in every process that has the key, cannot be guessed or altered, and does not
 * tell whose file it is.
 */
export function toFileLink({ vault, clock }: { vault: Vault; clock: Clock }, file: LinkedFile): string {
  const { integrationId, candidateId, fileId } = file;
  const content = [purpose, clock.now() + linkLifetime, integrationId, candidateId, fileId];
  return `/files/${toToken(vault.seal(JSON.stringify(content)))}`;
}

/**
 * Reads the last part of a link's path. The seal is checked in constant time, by the cipher itself.
 *
 * @returns undefined when it was made up, is no link, or no longer works
 */
export function readFileLink(
  { vault, clock }: { vault: Vault; clock: Clock },
  token: string,
): LinkedFile | undefined {
  if (!/^[\w-]{64,2048}$/.test(token)) return undefined;
  let content: unknown;
  try {
    content = JSON.parse(vault.open(Buffer.from(token, 'base64url').toString('base64')));
  } catch {
    return undefined;
  }
  if (!Array.isArray(content)) return undefined;
  const [madeFor, expiresAt, integrationId, candidateId, fileId]: readonly unknown[] = content;
  // Credentials are sealed with the same key; what was sealed for another purpose is no link.
  if (madeFor !== purpose || typeof expiresAt !== 'number' || expiresAt <= clock.now()) return undefined;
  if (typeof integrationId !== 'string' || typeof candidateId !== 'string' || typeof fileId !== 'string') {
    return undefined;
  }
  return { integrationId, candidateId, fileId };
}

const purpose = 'file link';

function toToken(sealed: string): string {
  return Buffer.from(sealed, 'base64').toString('base64url');
}
