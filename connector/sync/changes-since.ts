import type { ReadList, Watermark } from '../store/queries/progress.ts';
import type { SyncType } from '../store/queries/syncs.ts';

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

/** The first of two moments of Gem's clock, or the second where that is earlier; null when the first is not known. */
export function earlier(first: string | null, second: string | null): string | null {
  return timeOf(second) < timeOf(first) ? second : first;
}

/** NaN, which is neither before nor after anything, where the moment is not known. */
function timeOf(at: string | null): number {
  return Date.parse(String(at));
}

/**
 * A moment of Gem's clock, as far as it can be one. One that lies years ahead of ours would hide all changes until then, so
 * the list is read whole the next time; one that lies behind only makes more be read than need be.
 *
 * @param now our clock, in milliseconds since 1970
 */
export function credible(answeredAt: string | null, now: number): string | null {
  return timeOf(answeredAt) > now + farthestAhead ? null : answeredAt;
}

/** Milliseconds; emulated clocks do differ by years. */
const farthestAhead = 10 * 365 * 24 * 3_600_000;

/** Whether a list was asked for changes since a moment that Gem's clock has yet to reach: an earlier answer lied. */
export function isAhead(since: string | null, answeredAt: string | null): boolean {
  return timeOf(answeredAt) < timeOf(since);
}

/**
 * Milliseconds that are read twice: ten minutes by which the clock that notes changes may lag behind that of the gateway,
 * which writes the `Date` header, and five for a change that shows only once its transaction has ended. What is read twice
 * changes nothing.
 */
const overlap = 15 * 60_000;
