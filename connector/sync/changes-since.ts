import type { Watermark } from '../store/queries/read-watermarks.ts';
import type { ReadList } from '../store/queries/read-checkpoints.ts';
import type { SyncType } from '../store/queries/find-sync.ts';

/**
 * What a delta sync asks a list for: what changed since Gem answered the first call of its last good reading, by Gem's
 * own clock, so that ours does not matter. Undefined to read all of it.
 */
export function changesSince(watermarks: readonly Watermark[], listing: ReadList): string | undefined {
  const answeredAt = watermarks.find((watermark) => watermark.listing === listing)?.answeredAt;
  return answeredAt ? new Date(Date.parse(answeredAt) - overlap).toISOString() : undefined;
}

/**
 * A delta sync is a full one where it could not bring the data up to date (kombo-unified-api §4.5). Without a good sync
 * before it, it would not know where to begin. After other settings, such as remote data switched on, only a full sync
 * reads again what did not change at Gem.
 *
 * @param dataExpiredAt since when the data no longer goes with the settings; null when it does
 */
export function typeToRun(
  wanted: SyncType,
  watermarks: readonly Watermark[],
  dataExpiredAt: string | null,
): SyncType {
  const hasGoodSync = watermarks.some(({ answeredAt }) => answeredAt !== null);
  return hasGoodSync && dataExpiredAt === null ? wanted : 'FULL';
}

/**
 * Milliseconds that are read twice. The `Date` header has whole seconds, may be another machine's clock than the one that
 * notes changes, and a change shows only once its transaction has ended. What is read twice changes nothing.
 */
const overlap = 5 * 60_000;
