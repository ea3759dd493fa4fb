// Why a sync was told to stop: the reasons that the signal of `runSync` is aborted with.
import type { SyncState } from '../store/queries/syncs.ts';

/** The sync is not wanted any more; it ends as CANCELLED. */
export class SyncCancelled extends Error {
  override readonly name = 'SyncCancelled';
  constructor(message = 'the sync was cancelled') {
    super(message);
  }
}

/** The sync took too long; it ends as TIMED_OUT. */
export class SyncTimedOut extends Error {
  override readonly name = 'SyncTimedOut';
  constructor(message = 'the sync took too long') {
    super(message);
  }
}

/** The process is to end; the sync stays RUNNING, and whoever runs it next goes on where it stands. */
export class ShuttingDown extends Error {
  override readonly name = 'ShuttingDown';
  constructor(message = 'the connector is shutting down') {
    super(message);
  }
}

/** How a sync stands after it was told to stop. Any other reason leaves it to be resumed, because nothing is lost so. */
export function stateAfter(reason: unknown): Extract<SyncState, 'CANCELLED' | 'TIMED_OUT' | 'RUNNING'> {
  if (reason instanceof SyncCancelled) return 'CANCELLED';
  return reason instanceof SyncTimedOut ? 'TIMED_OUT' : 'RUNNING';
}
