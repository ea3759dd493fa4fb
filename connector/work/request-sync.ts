import { toInstant } from '../../contracts/clock.ts';
import { findIntegration } from '../store/queries/integrations.ts';
import { queueSync, type SyncType, unfinishedSyncs } from '../store/queries/syncs.ts';
import type { WorkContext } from './worker.ts';

/** What came of asking for a sync (kombo-unified-api §4.5). */
export interface RequestedSync {
  /** Whether it waited or ran already. */
  already_queued: boolean;
  sync_id: string;
  /** What it will be, which may be more than was asked for. */
  type: SyncType;
}

/** The integration is switched off, invalid, deleted or unknown, so it is not synced. */
export class NotSynced extends Error {
  override readonly name = 'NotSynced';
  readonly state: 'INACTIVE' | 'INVALID' | 'UNKNOWN';
  constructor(state: NotSynced['state']) {
    super(`the integration is not synced: it is ${state}`);
    this.state = state;
  }
}

/**
 * Asks for a sync, which some worker then performs. At most one of each type waits or runs. A delta becomes a full sync
 * where there is nothing to add to yet, where what there is goes with other settings, or where a full one is on its way
 * already.
 *
 * @throws NotSynced
 */
export async function requestSync(
  { store, clock, queue }: Pick<WorkContext, 'clock' | 'queue'> & { store: RequestStore },
  integrationId: string,
  type: SyncType,
): Promise<RequestedSync> {
  const { database } = store;
  const integration = await findIntegration(store, integrationId);
  if (!integration) throw new NotSynced('UNKNOWN');
  if (integration.state !== 'ACTIVE') throw new NotSynced(integration.state);

  const unfinished = await unfinishedSyncs(database, integrationId);
  const isFullNeeded =
    integration.firstSyncedAt === null ||
    integration.dataExpiredAt !== null ||
    unfinished.some((sync) => sync.type === 'FULL');
  const { sync, isNew } = await queueSync(database, {
    integrationId,
    type: isFullNeeded ? 'FULL' : type,
    at: toInstant(clock.now()),
  });
  await queue.send('sync', { integrationId }, integrationId);
  return { already_queued: !isNew, sync_id: sync.id, type: sync.type };
}

type RequestStore = Pick<WorkContext['store'], 'database' | 'vault'>;
