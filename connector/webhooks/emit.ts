// What happens to an integration, and the events about it, written in the same transaction: none is lost or made up.
import { addWebhookEvent, setWebhookEnabled } from '../store/queries/webhooks.ts';
import {
  type IntegrationStatus,
  lockIntegrationStatus,
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
  schemaDriftFound,
  stateChanged,
  syncFinished,
  integrationDeleted,
  integrationCreated,
  connectionFlowFailed,
  type SwitchedOffWebhook,
  webhookSwitchedOff,
} from './events.ts';
import { endSync, findSync, type Sync, unfinishedSyncs } from '../store/queries/syncs.ts';
import { readChangedModels } from '../store/queries/progress.ts';
import type { Store } from '../store/open-store.ts';
import { expireData } from '../store/queries/expiry.ts';
import {
  type EndUser,
  type Integration,
  saveEndUser,
  saveIntegration,
} from '../store/queries/integrations.ts';
import { readPublicUrl } from '../store/queries/environments.ts';
import { takeUntoldDrift } from '../store/queries/drift.ts';
import { judgeSync } from './issues.ts';

/** What it takes to end a sync. */
export interface FinishSync extends Pick<Sync, 'id' | 'integrationId' | 'problem'> {
  state: EndedSync['state'];
  endedAt: string;
}

/**
 * Ends a sync and emits its events, once: what it changed, whatever its state, and that it is over. The first sync that
 * brings data also moves the integration's setup on. Issues are raised and resolved by its state. All of this belongs to one transaction, in which nothing of the
 * integration is locked yet.
 *
 * @param writeLast writes what belongs to the sync and is only known at its end
 */
export async function finishSync(
  transaction: Database,
  { id, integrationId, state, endedAt, problem }: FinishSync,
  writeLast: () => Promise<void> = async () => {},
): Promise<void> {
  const before = await lockIntegrationStatus(transaction, integrationId);
  const sync = await findSync(transaction, id);
  // It was removed, or another process ended it because it took this one for dead.
  if (!before || !sync || sync.endedAt !== null) return;

  await writeLast();
  const models = await readChangedModels(transaction, id);
  await endSync(transaction, { id, state, endedAt, problem });
  const after = (await lockIntegrationStatus(transaction, integrationId)) ?? before;
  if (models.length > 0) await emit(transaction, after, dataChanged(after, models), endedAt);
  if (isOtherState(before, after)) await emit(transaction, after, stateChanged(after, endedAt), endedAt);
  const { startedAt } = sync;
  await emit(transaction, after, syncFinished(after, { id, state, startedAt, endedAt }), endedAt);
  const drift = await takeUntoldDrift(transaction, integrationId);
  if (drift.length > 0)
    await emit(transaction, after, schemaDriftFound(after, { syncId: id, drift }), endedAt);
  await judgeSync(transaction, after, { id, state, problem, at: endedAt });
}

/** What can happen to a connected integration. */
export type StateChange = 'switched-on' | 'switched-off' | 'deleted' | 'invalid';

/**
 * Changes an integration's state, and emits an event if the state is another one. Belongs into a transaction in which
 * nothing of the integration is locked yet (kombo-unified-api §4.8).
 *
 * @param at an instant
 */
export async function changeState(
  transaction: Database,
  integrationId: string,
  { change, at }: { change: StateChange; at: string },
): Promise<void> {
  const before = await lockIntegrationStatus(transaction, integrationId);
  if (!before || before.isDeleted) return;
  if (change === 'switched-off' || change === 'deleted') await cancelWaiting(transaction, integrationId, at);
  await write[change](transaction, { id: integrationId, at });
  const after = (await lockIntegrationStatus(transaction, integrationId)) ?? before;
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

/** The process that runs a sync cancels it; a sync that waits is over at once, and its end is an event too. */
async function cancelWaiting(transaction: Database, integrationId: string, endedAt: string): Promise<void> {
  for (const { id, state } of await unfinishedSyncs(transaction, integrationId)) {
    if (state !== 'QUEUED') continue;
    await finishSync(transaction, { id, integrationId, state: 'CANCELLED', endedAt, problem: null });
  }
}

/**
 * Saves an integration that was connected, or connected again, and emits an event: that it is new, or that its state
 * changed, as of one that was invalid (kombo-unified-api §4.7, §4.8). Other settings make its data outdated.
 *
 * @param endUser who connected it; left out, what is known of them stays
 * @param at an instant
 */
export async function recordConnection(
  { database, vault }: Pick<Store, 'database' | 'vault'>,
  integration: Parameters<typeof saveIntegration>[1],
  { at, endUser }: { at: string; endUser?: EndUser | undefined },
): Promise<Integration> {
  const { id } = integration;
  return database.transaction().execute(async (transaction) => {
    const before = await lockIntegrationStatus(transaction, id);
    await expireData(transaction, { ...integration, at });
    const saved = await saveIntegration({ database: transaction, vault }, integration);
    if (endUser) await saveEndUser(transaction, { integrationId: id, ...endUser });
    const after = await lockIntegrationStatus(transaction, id);
    if (!after) throw new Error('the database kept no integration');
    if (!before || before.isDeleted) await emit(transaction, after, integrationCreated(after), at);
    else if (isOtherState(before, after)) await emit(transaction, after, stateChanged(after, at), at);
    return saved;
  });
}

/** Emits the event that an account could not be connected (kombo-unified-api §4.7). */
export async function emitConnectionFailed(
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

/** Switches a webhook off that nothing has reached for days, and tells the others of its environment. */
export async function switchOffUnreached(
  database: Database,
  { environmentId, ...webhook }: SwitchedOffWebhook & { environmentId: string },
): Promise<void> {
  const { id, at } = webhook;
  await database.transaction().execute(async (transaction) => {
    const left = await setWebhookEnabled(transaction, { environmentId, id, isEnabled: false, at });
    // Somebody else has switched it off, or removed it.
    if (left?.switchedOffAt !== at) return;
    const { type, data } = webhookSwitchedOff(webhook, await readPublicUrl(transaction, environmentId));
    await addWebhookEvent(transaction, { environmentId, integrationId: null, type, data, at });
  });
}

/** Puts an event about an integration into the outbox. The transaction holds the integration's row. */
async function emit(
  transaction: Database,
  { environmentId, integrationId }: IntegrationStatus,
  { type, data }: Event,
  at: string,
): Promise<void> {
  await addWebhookEvent(transaction, { environmentId, integrationId, type, data, at });
}
