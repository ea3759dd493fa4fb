import { listings } from '../models/listings.ts';
import { byId } from './created-only.ts';
import { idOf, mapPage, type MappedPage } from './map-page.ts';
import { isOfOneList, type Reading } from './reading.ts';

/**
 * Reads the candidates of applications that changed. A candidate carries copies of its applications and takes its source
 * from them, and nothing proves that a change of an application counts as one of its candidate (gem-ats-api §14 #14). As
 * a rule it does; then the candidates were just read, and no call is made.
 *
 * @param applications records as Gem sent them
 * @returns nothing where Gem does not serve candidates by their ids: the next full sync brings them
 */
export async function readCandidatesOf(
  { gem, context, metCandidates, signal }: Reading,
  applications: readonly unknown[],
): Promise<MappedPage[]> {
  const listing = listings.find(({ operation }) => operation === 'listCandidates');
  if (!listing) return [];
  const missing = new Set(
    applications.map(candidateIdOf).filter((id) => id !== '' && !metCandidates.has(id)),
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
    if (!isOfOneList(error)) throw error;
  }
  return pages;
}

function candidateIdOf(application: unknown): string {
  const isOwned = typeof application === 'object' && application !== null && 'candidate_id' in application;
  return isOwned && typeof application.candidate_id === 'string' ? application.candidate_id : '';
}
