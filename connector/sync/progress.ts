import type { ListingName } from '../models/listings.ts';

/** Told after each page: how far the reading of one list has come. */
export interface SyncProgress {
  listing: ListingName;
  /** Records read so far in this run. */
  records: number;
  /** Whether the list has been read to its end. */
  done: boolean;
}

export type OnProgress = (progress: SyncProgress) => void;
