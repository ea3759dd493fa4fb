import type { UnifiedSchemas } from '../../unified.ts';
import type { SyncType } from '../adapter.ts';
import { Refused, type UnifiedApi } from './unified-api.ts';

type Sync = UnifiedSchemas['Sync'];

/** How to wait; times are in milliseconds. */
export interface Waiting {
  pause(milliseconds: number): Promise<unknown>;
  limit: number;
}

/**
 * Starts a sync and waits for its end. A partial failure is an end too: the rules say which records are missing, unless Gem
 * was made to fail.
 *
 * @throws Error in one line when it failed, or did not end in time
 */
export async function syncAndWait(
  api: UnifiedApi,
  integrationId: string,
  type: SyncType,
  { pause, limit }: Waiting,
): Promise<'done' | 'partly'> {
  const asked = await api.read<UnifiedSchemas['TriggeredSyncAnswer']['data']>('/force-sync', {
    method: 'POST',
    integrationId,
    body: { type },
  });
  for (let waited = 0; ;) {
    const sync = await findSync(api, integrationId, asked.sync_id);
    const outcome = sync && outcomes[sync.state];
    if (outcome === 'failed')
      throw new Error(`it ended as ${sync?.state}${sync?.problem ? `: ${sync.problem}` : ''}`);
    if (outcome === 'done' || outcome === 'partly') return outcome;
    if (waited >= limit)
      throw new Error(
        `it did not end within ${Math.round(limit / 1000)} seconds (${sync?.state ?? 'not listed'})`,
      );
    const next = Math.min(shortest + waited / 4, longest);
    await pause(next);
    waited += next;
  }
}

async function findSync(api: UnifiedApi, integrationId: string, id: string): Promise<Sync | undefined> {
  try {
    const path = `/integrations/${encodeURIComponent(integrationId)}/syncs`;
    const { results } = await api.read<UnifiedSchemas['SyncsAnswer']['data']>(path);
    return results.find((sync) => sync.id === id);
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 404) throw error;
    throw new Error(
      `${error.message}; a connector that does not tell of its syncs there is verified through an adapter`,
      { cause: error },
    );
  }
}

const outcomes: Readonly<Record<Sync['state'], 'underway' | 'done' | 'partly' | 'failed'>> = {
  QUEUED: 'underway',
  RUNNING: 'underway',
  SUCCEEDED: 'done',
  PARTIALLY_FAILED: 'partly',
  FAILED: 'failed',
  AUTHENTICATION_FAILED: 'failed',
  CANCELLED: 'failed',
  TIMED_OUT: 'failed',
};

// Milliseconds between two checks: short at first, since worlds are small, and longer later.
const shortest = 40;
const longest = 2000;
