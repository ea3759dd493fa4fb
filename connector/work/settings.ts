/** How background work is done. */
export interface WorkSettings {
  /** How many syncs one process runs at once. */
  syncsAtOnce: number;
  /** Seconds between two looks for syncs that are due, and for those whose process has died. */
  checkEverySeconds: number;
  /** Milliseconds after which a run of a sync is given up as TIMED_OUT. */
  syncTimeLimit: number;
}

/** Fills in the defaults. */
export function readWorkSettings(given: Partial<WorkSettings> = {}): WorkSettings {
  return {
    syncsAtOnce: given.syncsAtOnce ?? 4,
    checkEverySeconds: given.checkEverySeconds ?? 10,
    syncTimeLimit: given.syncTimeLimit ?? 6 * 3_600_000,
  };
}
