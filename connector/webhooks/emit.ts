import { addWebhookEvent } from '../store/queries/webhooks.ts';
import {
  type Standing,
  lockStanding,
  markIntegrationDeleted,
  markIntegrationInvalid,
  setIntegrationEnabled,
} from '../store/queries/integration-state.ts';
import type { Database } from '../store/schema.ts';
import {
  type Event,
  dataChanged,
  type EndedSync,
  isOtherState,
  stateChanged,
  syncFinished,
  integrationDeleted,
  integrationCreated,
  connectionFlowFailed,
} from './events.ts';
import { endSync, findSync, readChangedModels, type Sync, unfinishedSyncs } from '../store/queries/syncs.ts';
import type { Store } from '../store/open-store.ts';
import { expireData } from '../store/queries/expiry.ts';
import {
  type EndUser,
  type Integration,
  saveEndUser,
  saveIntegration,
} from '../store/queries/integrations.ts';
import { readPublicUrl } from '../store/queries/environments.ts';

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
  if (models.length > 0) await emit(transaction, now, dataChanged(now, models), endedAt);
  if (isOtherState(standing, now)) await emit(transaction, now, stateChanged(now, endedAt), endedAt);
  const { startedAt } = sync;
  await emit(transaction, now, syncFinished(now, { id, state, startedAt, endedAt }), endedAt);
}

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
  if (change === 'deleted') await emit(transaction, after, integrationDeleted(after, at), at);
  else if (isOtherState(before, after)) await emit(transaction, after, stateChanged(after, at), at);
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

/**
 * Stores an integration that was connected, or connected again, and tells of it: that it is new, or that it stands
 * otherwise, such as one that was invalid (kombo-unified-api §4.7, §4.8). Other settings make its data outdated.
 *
 * @param endUser who connected it; left out, what is known of them stays
 * @param at an instant
 */
export async function keepIntegration(
  { database, vault }: Pick<Store, 'database' | 'vault'>,
  integration: Parameters<typeof saveIntegration>[1],
  { at, endUser }: { at: string; endUser?: EndUser | undefined },
): Promise<Integration> {
  const { id } = integration;
  return database.transaction().execute(async (transaction) => {
    const before = await lockStanding(transaction, id);
    await expireData(transaction, { ...integration, at });
    const saved = await saveIntegration({ database: transaction, vault }, integration);
    if (endUser) await saveEndUser(transaction, { integrationId: id, ...endUser });
    const after = await lockStanding(transaction, id);
    if (!after) throw new Error('the database kept no integration');
    if (!before || before.isDeleted) await emit(transaction, after, integrationCreated(after), at);
    else if (isOtherState(before, after)) await emit(transaction, after, stateChanged(after, at), at);
    return saved;
  });
}

/** Tells that somebody who was to connect an account could not (kombo-unified-api §4.7). */
export async function tellConnectionFailed(
  database: Database,
  {
    environmentId,
    endUserOrganizationName: organization_name,
    endUserEmail: creator_email,
    endUserOriginId: origin_id,
    at,
  }: {
    environmentId: string;
    endUserOrganizationName: string;
    endUserEmail: string | null;
    endUserOriginId: string | null;
    at: string;
  },
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const publicUrl = await readPublicUrl(transaction, environmentId);
    const { type, data } = connectionFlowFailed({ organization_name, creator_email, origin_id }, publicUrl);
    await addWebhookEvent(transaction, { environmentId, integrationId: null, type, data, at });
  });
}

/** Puts an event about an integration into the outbox. The transaction holds the integration's row. */
async function emit(
  transaction: Database,
  { environmentId, integrationId }: Standing,
  { type, data }: Event,
  at: string,
): Promise<void> {
  await addWebhookEvent(transaction, { environmentId, integrationId, type, data, at });
}
