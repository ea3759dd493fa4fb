import { endSync, findSync, readChangedModels, type Sync } from '../store/queries/syncs.ts';
import { lockStanding } from '../store/queries/integration-state.ts';
import type { Database } from '../store/schema.ts';
import { dataChanged, type EndedSync, isOtherState, stateChanged, syncFinished } from './events.ts';
import { tell } from './tell.ts';

/** What it takes to end a sync. */
export interface FinishSync extends Pick<Sync, 'id' | 'integrationId' | 'problem'> {
  state: EndedSync['state'];
  endedAt: string;
}

/**
 * Ends a sync and tells of it, once: what it changed, whatever its state, and that it is over. The first one that brings
 * data also moves the integration's setup on. All of it belongs to one transaction, in which nothing of the integration
 * is locked yet.
 *
 * @param before what is written before the sync is over, and counts to it
 */
export async function finishSync(
  transaction: Database,
  { id, integrationId, state, endedAt, problem }: FinishSync,
  before: () => Promise<void> = async () => {},
): Promise<void> {
  const standing = await lockStanding(transaction, integrationId);
  const sync = await findSync(transaction, id);
  // Removed, or ended by somebody who took this process for dead.
  if (!standing || !sync || sync.endedAt !== null) return;

  await before();
  const models = await readChangedModels(transaction, id);
  await endSync(transaction, { id, state, endedAt, problem });
  const now = (await lockStanding(transaction, integrationId)) ?? standing;
  if (models.length > 0) await tell(transaction, now, dataChanged(now, models), endedAt);
  if (isOtherState(standing, now)) await tell(transaction, now, stateChanged(now, endedAt), endedAt);
  const { startedAt } = sync;
  await tell(transaction, now, syncFinished(now, { id, state, startedAt, endedAt }), endedAt);
}
