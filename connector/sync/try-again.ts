import type { Clock } from '../../contracts/clock.ts';
import { GemNotFound } from '../gem/errors.ts';
import type { GemClient } from '../gem/client.ts';
import { listingOf, type ListingName } from '../models/listings.ts';
import type { Store } from '../store/open-store.ts';
import type { Integration } from '../store/queries/integrations.ts';
import { dropRejected, findRejected } from '../store/queries/rejected.ts';
import { beginReading } from '../store/queries/rows.ts';
import { idOf } from './page.ts';
import { savePage } from './save-records.ts';

/** What became of a rejected record. */
export interface TriedAgain {
  state: 'STORED' | 'REJECTED' | 'GONE' | 'NOT_REJECTED';
  /** Why it still cannot be used, for people. */
  reason: string | null;
}

/**
 * Asks Gem for a rejected record as it is now, and stores it if it can be used. One that cannot be asked for, because it has
 * no id or Gem may have no such call, is tried as it was: what was wrong may have been ours.
 *
 * @param name as the list of rejected records tells it
 * @throws GemError
 */
export async function tryAgain(
  { store, clock, gem, integration }: TryAgain,
  name: { listing: ListingName; remoteId: string },
): Promise<TriedAgain> {
  const { database } = store;
  const rejected = await findRejected(database, { integrationId: integration.id, ...name });
  if (!rejected) return { state: 'NOT_REJECTED', reason: null };

  const reading = await beginReading(database);
  const { one } = listingOf(name.listing);
  const id = idOf(rejected.record);
  let { record } = rejected;
  if (id !== null) {
    try {
      const { body } = await gem.ask(one.operation, { path: { [one.parameter]: id } });
      record = body;
    } catch (error) {
      if (!(error instanceof GemNotFound)) throw error;
      if (one.isCertain) {
        await dropRejected(database, { integrationId: integration.id, ...name });
        return { state: 'GONE', reason: null };
      }
    }
  }
  const page = await savePage({
    store,
    clock,
    integration,
    listing: name.listing,
    records: [record],
    reading,
  });
  const [still] = page.rejected;
  if (still) return { state: 'REJECTED', reason: still.reason };
  // Without an id it was kept under a name of its own.
  await dropRejected(database, { integrationId: integration.id, ...name });
  return { state: 'STORED', reason: null };
}

interface TryAgain {
  store: Pick<Store, 'database'>;
  clock: Clock;
  gem: GemClient;
  integration: Integration;
}
