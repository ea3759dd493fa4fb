import {
  lockStanding,
  markIntegrationDeleted,
  markIntegrationInvalid,
  setIntegrationEnabled,
} from '../store/queries/integration-state.ts';
import { unfinishedSyncs } from '../store/queries/syncs.ts';
import type { Database } from '../store/schema.ts';
import { integrationDeleted, isOtherState, stateChanged } from './events.ts';
import { finishSync } from './finish-sync.ts';
import { tell } from './tell.ts';

/** What can happen to a connected integration. */
export type StateChange = 'switched-on' | 'switched-off' | 'deleted' | 'invalid';

/**
 * Changes an integration's state and tells of it, if it is another one than before. Belongs into a transaction in which
 * nothing of the integration is locked yet (kombo-unified-api §4.8).
 *
 * @param at an instant
 */
export async function changeState(
  transaction: Database,
  integrationId: string,
  { change, at }: { change: StateChange; at: string },
): Promise<void> {
  const before = await lockStanding(transaction, integrationId);
  if (!before || before.isDeleted) return;
  if (change === 'switched-off' || change === 'deleted') await cancelWaiting(transaction, integrationId, at);
  await write[change](transaction, { id: integrationId, at });
  const after = (await lockStanding(transaction, integrationId)) ?? before;
  if (change === 'deleted') await tell(transaction, after, integrationDeleted(after, at), at);
  else if (isOtherState(before, after)) await tell(transaction, after, stateChanged(after, at), at);
}

const write: Readonly<
  Record<StateChange, (database: Database, to: { id: string; at: string }) => Promise<void>>
> = {
  'switched-on': (database, to) => setIntegrationEnabled(database, { ...to, isEnabled: true }),
  'switched-off': (database, to) => setIntegrationEnabled(database, { ...to, isEnabled: false }),
  deleted: markIntegrationDeleted,
  invalid: markIntegrationInvalid,
};

/** A sync that runs is cancelled by whoever runs it; what waits is over at once, and whoever asked for it is to know. */
async function cancelWaiting(transaction: Database, integrationId: string, endedAt: string): Promise<void> {
  for (const { id, state } of await unfinishedSyncs(transaction, integrationId)) {
    if (state !== 'QUEUED') continue;
    await finishSync(transaction, { id, integrationId, state: 'CANCELLED', endedAt, problem: null });
  }
}
