// How a sync ends: the reasons to stop it, which its signal is aborted with, and the state that follows from what it read.
import type { SyncState } from '../store/queries/syncs.ts';
import { listings, routeOf } from '../models/listings.ts';
import type { countRejected } from '../store/queries/rejected.ts';
import type { Checkpoint } from '../store/queries/progress.ts';

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

/** The process is to end; the sync stays RUNNING, and the next process goes on from its checkpoints. */
export class ShuttingDown extends Error {
  override readonly name = 'ShuttingDown';
  constructor(message = 'the connector is shutting down') {
    super(message);
  }
}

/** The state of a sync after it was told to stop. Any other reason leaves it to be resumed, which loses nothing. */
export function stateAfter(reason: unknown): Extract<SyncState, 'CANCELLED' | 'TIMED_OUT' | 'RUNNING'> {
  if (reason instanceof SyncCancelled) return 'CANCELLED';
  return reason instanceof SyncTimedOut ? 'TIMED_OUT' : 'RUNNING';
}

/**
 * The state of a sync that was not stopped: whether it brought all, some or nothing, and what is wrong. The
 * lookups bring no rows of their own, so that a Gem without them lacks nothing.
 */
export function outcomeOfSync(
  checkpoints: readonly Checkpoint[],
  rejected: Awaited<ReturnType<typeof countRejected>>,
): { state: 'SUCCEEDED' | 'PARTIALLY_FAILED' | 'FAILED'; problem: string | null } {
  const leftOut = checkpoints.filter(({ problem }) => problem !== null);
  const names = new Set(leftOut.map(({ listing }) => listing));
  const missing = listings.filter(({ operation }) => names.has(operation));
  const parts = [
    ...toList(
      'lists that were left out',
      leftOut.map(({ listing, problem }) => `${routeOf(listing)} (${problem})`),
    ),
    ...toList(
      'records that could not be used',
      rejected.map(({ listing, count }) => `${count} of ${routeOf(listing)}`),
    ),
  ];
  const problem = parts.length === 0 ? null : parts.join('; ');
  if (missing.length === listings.length) return { state: 'FAILED', problem };
  const isWhole = missing.length === 0 && rejected.length === 0;
  return { state: isWhole ? 'SUCCEEDED' : 'PARTIALLY_FAILED', problem };
}

function toList(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`${title}: ${items.join(', ')}`];
}
