import { listings, type ListingName } from '../models/listings.ts';
import { type Progress, readProgress, saveProgress } from '../store/queries/progress.ts';
import type { Database } from '../store/schema.ts';
import type { SyncProgress } from '../sync/reading.ts';

/** Writes down how far a sync comes, while it runs. */
export interface ProgressTracker {
  note(progress: SyncProgress): void;
  /** Resolves once everything that was noted is written. */
  saved(): Promise<void>;
}

/**
 * Keeps a sync's progress with its row. It never holds the sync up: pages that come while one is being written are
 * written together after it. What a run before this one noted is counted on.
 *
 * @param onUnwanted called when it turns out that the sync is not wanted any more
 */
export async function trackProgress(
  database: Database,
  syncId: string,
  onUnwanted: () => void,
): Promise<ProgressTracker> {
  const before = await readProgress(database, syncId);
  let unsaved: Progress = {};
  let saving: Promise<void> | undefined;

  async function save(): Promise<void> {
    while (Object.keys(unsaved).length > 0) {
      const progress = unsaved;
      unsaved = {};
      const { mayGoOn } = await saveProgress(database, { syncId, progress });
      if (!mayGoOn) onUnwanted();
    }
  }

  return {
    note: ({ listing, records, done }) => {
      const total = countedBefore(listing, before) + records;
      unsaved = { ...unsaved, [listing]: { records: total, isFinished: done } };
      // Progress that cannot be written must not end the sync; a database that is gone does that by itself.
      saving ??= save()
        .catch(() => {})
        .finally(() => {
          saving = undefined;
        });
    },
    saved: async () => {
      await saving;
    },
  };
}

/** Of a list that can get shorter, reading begins anew. */
function countedBefore(listing: ListingName, before: Progress): number {
  const beginsAnew = listings.some(({ operation, canShrink }) => operation === listing && canShrink);
  return beginsAnew ? 0 : (before[listing]?.records ?? 0);
}
