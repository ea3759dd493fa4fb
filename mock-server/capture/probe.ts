import { CannotVerify } from '../../contracts/harness/gem/caller.ts';
import type { GemEntry } from '../../contracts/drift/entries.ts';
import { verifyGem } from '../../contracts/harness/gem/verify-gem.ts';
import { CannotCapture, type GemAccess } from './ask.ts';

/** Promises that nobody sees who only reads lists: they are asked for once, in some fifty calls, none of which writes. */
const promises = [
  'no-key-is-forbidden',
  'both-slash-forms',
  'page-past-the-end',
  'largest-page-size',
  'pages-follow-one-another',
] as const;

/**
 * Sees how Gem behaves where that does not show in what is captured.
 *
 * @throws CannotCapture where Gem cannot be asked at all
 */
export async function probeBehaviour(access: GemAccess): Promise<readonly GemEntry[]> {
  try {
    const { entries, isEmulator } = await verifyGem({
      ...access,
      samples: 2,
      lists: ['listJobs', 'listUsers'],
      promises,
    });
    return isEmulator ? entries.map((entry) => ({ ...entry, settles: [] })) : entries;
  } catch (error) {
    throw error instanceof CannotVerify ? new CannotCapture(error.message, { cause: error }) : error;
  }
}
