import { randomBytes } from 'node:crypto';
import { toInstant } from '../../contracts/clock.ts';
import type { Services } from '../actions/services.ts';
import { createLink, type NewLink } from '../store/queries/connection-links.ts';

const hour = 3_600_000;
const year = 365 * 24 * hour;

/**
 * Makes a link to the connection page. Whoever has it can connect an account, so it cannot be guessed, it expires (an
 * embedded one after an hour, a magic one after a year), and only its hash is kept (kombo-unified-api §4.6).
 */
export async function issueLink(
  { database, clock }: Pick<Services, 'database' | 'clock'>,
  publicUrl: string,
  link: NewLink,
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const now = clock.now();
  const expiresAt = toInstant(now + (link.isEmbedded ? hour : year));
  await createLink(database, { ...link, token, at: toInstant(now), expiresAt });
  return `${publicUrl}/connect/${token}`;
}

/** The earliest completion of which the result may still be asked for: an hour back. */
export function resultSince(now: number): string {
  return toInstant(now - hour);
}

/** The earliest entry of a key that still waits for the rest to be chosen: an hour back. */
export function keysSince(now: number): string {
  return toInstant(now - hour);
}
