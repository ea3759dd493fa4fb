// When an integration is synced (kombo-unified-api §4.5, §4.8). All decisions, no deeds.

/** What the schedule needs to know of an integration. Times are instants. */
export interface SyncHistory {
  /** Whether a sync has ever brought data. */
  hasData: boolean;
  /** When the latest sync of each type started, or was asked for; null when there was none. */
  lastFull: string | null;
  lastDelta: string | null;
  /** Whether a sync runs or waits. */
  isBusy: boolean;
  /** Since when Gem refuses the credentials; null while it takes them. */
  failingSince: string | null;
}

/**
 * Which sync is due. A full one comes every ten hours, a delta three hours after the latest sync of either type, so any
 * sync, also one that somebody asked for, moves what follows. Until a sync has brought data, only a full one helps, and it
 * is tried as often as a delta would be.
 *
 * @param now milliseconds since 1970
 */
export function dueSync(history: SyncHistory, now: number): 'FULL' | 'DELTA' | null {
  if (history.isBusy) return null;
  const lastFull = toTime(history.lastFull);
  const latest = Math.max(lastFull, toTime(history.lastDelta));
  const isDeltaDue = now - latest >= deltaInterval;
  if (!history.hasData) return isDeltaDue ? 'FULL' : null;
  if (now - lastFull >= fullInterval) return 'FULL';
  return isDeltaDue ? 'DELTA' : null;
}

/** Whether the credentials have failed for so long that syncing stops until they are replaced. */
export function isInvalid({ failingSince }: Pick<SyncHistory, 'failingSince'>, now: number): boolean {
  return failingSince !== null && now - toTime(failingSince) >= patience;
}

/** Milliseconds. */
export const fullInterval = 10 * 3_600_000;
export const deltaInterval = 3 * 3_600_000;
/** How long credentials may fail: three days. */
export const patience = 72 * 3_600_000;

function toTime(instant: string | null): number {
  return instant === null ? -Infinity : Date.parse(instant);
}
