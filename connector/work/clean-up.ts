import { toInstant } from '../../contracts/clock.ts';
import { pruneWebhookEvents } from '../store/queries/deliveries.ts';
import { clearGoneRows, deleteExpired } from '../store/queries/expiry.ts';
import { pruneSyncs } from '../store/queries/syncs.ts';
import type { Kind } from './worker.ts';

/**
 * Deletes what was stored for long enough: values of rows that are gone from Gem, integrations that were deleted,
 * what was noted about syncs, and events that have arrived (kombo-unified-api §5.3, §4.6).
 */
export const cleanUp: Kind = {
  name: 'clean-up',
  atOnce: () => 1,
  retries: 2,
  every: () => day / 1000,
  run: async ({ store: { database }, clock, settings: { keep }, log }) => {
    const now = clock.now();
    const daysAgo = (days: number) => toInstant(now - days * day);
    const cleared = await clearGoneRows(database, { before: daysAgo(keep.goneRows), clock });
    const integrations = await deleteExpired(database, daysAgo(keep.deletedIntegrations));
    await pruneSyncs(database, daysAgo(keep.syncs));
    await pruneWebhookEvents(database, daysAgo(keep.events));
    if (cleared + integrations === 0) return;
    log(`cleared ${cleared} rows that are long gone, and removed ${integrations} deleted integrations`);
  },
};

/** Milliseconds. */
const day = 24 * 3_600_000;
