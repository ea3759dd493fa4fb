import { GemError, GemRefusedKey, GemThrottled, GemUnavailable } from '../gem/errors.ts';
import { identifier } from '../models/forms.ts';
import { listingOf } from '../models/listings.ts';
import type { MovedApplication } from '../store/queries/rows.ts';
import { byId } from './created-only.ts';
import { idOf, mapPage, type MappedPage } from './page.ts';
import { isRead, type Reading } from './reading.ts';
import { whyLeftOut } from './why-left-out.ts';

/**
 * Reads the candidates of applications that changed. A candidate carries copies of its applications and takes its source
 * from them, and nothing proves that a change of an application counts as one of its candidate (gem-ats-api §14 #14). As
 * a rule it does; then the candidates were just read, and no call is made.
 *
 * Where Gem does not serve candidates by their ids, the next full sync brings them. Where it fails to, no more are asked
 * for, and the watermark of the applications does not move (`found.candidatesProblem`): the next delta sync asks again.
 *
 * @param applications records as Gem sent them
 * @param moved those of them that belonged to somebody else, who may have lost a source as well
 */
export async function readCandidatesOf(
  reading: Reading,
  applications: readonly unknown[],
  moved: readonly MovedApplication[] = [],
): Promise<MappedPage[]> {
  const { gem, context, metCandidates, found, signal } = reading;
  const listing = listingOf('listCandidates');
  if (found.candidatesProblem !== null || !isRead(reading, 'listCandidates')) return [];
  const missing = new Set(
    [...applications.map(candidateIdOf), ...moved.map(({ from }) => from)].filter(
      (id) => id !== '' && !metCandidates.has(id),
    ),
  );
  const pages: MappedPage[] = [];
  try {
    for (const part of byId([...missing])) {
      const { body } = await gem.ask('listCandidates', { query: { ...listing.query, ...part } }, signal);
      const wanted = new Set(part.candidate_ids.split(','));
      // A server that does not know the parameter would send anybody.
      const records = Array.isArray(body)
        ? body.filter((record: unknown) => wanted.has(idOf(record) ?? ''))
        : [];
      pages.push(mapPage(listing, records, context));
    }
  } catch (error) {
    if (isPassing(error)) found.candidatesProblem = await whyLeftOut(reading, 'listCandidates', error);
    else if (!(error instanceof GemError)) throw error;
  }
  return pages;
}

/** Whether the next sync may succeed. */
function isPassing(error: unknown): boolean {
  return [GemUnavailable, GemThrottled, GemRefusedKey].some((kind) => error instanceof kind);
}

function candidateIdOf(application: unknown): string {
  const isOwned = typeof application === 'object' && application !== null && 'candidate_id' in application;
  return (isOwned && identifier(application.candidate_id)) || '';
}
