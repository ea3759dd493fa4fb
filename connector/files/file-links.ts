import type { Clock } from '../../contracts/clock.ts';
import type { Vault } from '../store/vault.ts';

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
