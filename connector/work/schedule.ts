import { toInstant } from '../../contracts/clock.ts';
import {
  integrationsWithUnfinishedSyncs,
  listSchedules,
  queueSync,
  type SyncHistory,
  pruneSyncs,
} from '../store/queries/syncs.ts';
import { changeState } from '../webhooks/emit.ts';
import { resolveQuietIssues } from '../webhooks/issues.ts';
import { pruneIssues } from '../store/queries/issues.ts';
import { pruneWebhookEvents } from '../store/queries/deliveries.ts';
import { forgetKeyStates } from '../store/queries/key-states.ts';
import { clearGoneRows, deleteExpired } from '../store/queries/expiry.ts';
import { forgetUnread } from '../store/queries/ready-items.ts';
import { kindFor, syncLock } from './sync.ts';
import type { Kind, WorkContext } from './worker.ts';

/**
 * Queues the syncs that are due, and sends a job for each sync without a worker, such as one whose process died. What nobody
 * observes any more is no issue.
 */
export const schedule: Kind = {
  name: 'schedule',
  atOnce: () => 1,
  retries: 0,
  every: ({ checkEverySeconds }) => checkEverySeconds,
  run: async (context) => {
    await queueDueSyncs(context);
    await sendUnattendedSyncs(context);
    await resolveQuietIssues(context.store.database, context.clock.now());
  },
};

/**
 * Deletes what was stored for long enough: values of rows that are gone from Gem, integrations that were deleted,
 * what was noted about syncs, and events that have arrived (kombo-unified-api §5.3, §4.6).
 */
export const cleanUp: Kind = {
  name: 'clean-up',
  atOnce: () => 1,
  retries: 2,
  every: () => day / 1000,
  run: async ({ store: { database }, clock, settings: { keep }, log }) => {
    const now = clock.now();
    const daysAgo = (days: number) => toInstant(now - days * day);
    const cleared = await clearGoneRows(database, { before: daysAgo(keep.goneRows), clock });
    const integrations = await deleteExpired(database, daysAgo(keep.deletedIntegrations));
    await pruneSyncs(database, daysAgo(keep.syncs));
    await pruneWebhookEvents(database, daysAgo(keep.events));
    await forgetKeyStates(database, now - day);
    await forgetUnread(database);
    await pruneIssues(database, { callsBefore: daysAgo(1), resolvedBefore: daysAgo(keep.events) });
    if (cleared + integrations === 0) return;
    log(`cleared ${cleared} rows that are long gone, and removed ${integrations} deleted integrations`);
  },
};

async function queueDueSyncs({ store: { database }, clock, log }: WorkContext): Promise<void> {
  const now = clock.now();
  const at = toInstant(now);
  for (const { integrationId, ...history } of await listSchedules(database)) {
    if (isInvalid(history, now)) {
      await database
        .transaction()
        .execute((transaction) => changeState(transaction, integrationId, { change: 'invalid', at }));
      log(`integration ${integrationId} is synced no more: Gem has refused its key for days`);
      continue;
    }
    const type = dueSync(history, now);
    if (type !== null) await queueSync(database, { integrationId, type, at });
  }
}

async function sendUnattendedSyncs({ store: { database, locks }, queue }: WorkContext): Promise<void> {
  const waiting = await integrationsWithUnfinishedSyncs(database);
  const free = new Set(await locks.free(waiting.map(({ integrationId }) => syncLock(integrationId))));
  for (const { integrationId, type } of waiting) {
    if (free.has(syncLock(integrationId))) await queue.send(kindFor(type), { integrationId }, integrationId);
  }
}

// When an integration is synced (kombo-unified-api §4.5, §4.8). All decisions, no deeds.

/**
 * Which sync is due. A full one comes every ten hours, a delta three hours after the latest sync of either type, so any
 * sync, also one that a caller asked for, moves the next ones. Until a sync has brought data, only a full one helps, and it
 * is tried as often as a delta would be.
 *
 * @param now milliseconds since 1970
 */
export function dueSync(history: SyncHistory, now: number): 'FULL' | 'DELTA' | null {
  if (history.isBusy) return null;
  const lastFull = toTime(history.lastFull);
  const latest = Math.max(lastFull, toTime(history.lastDelta));
  const isDeltaDue = now - latest >= deltaInterval;
  if (!history.hasData) return isDeltaDue ? 'FULL' : null;
  if (now - lastFull >= fullInterval) return 'FULL';
  return isDeltaDue ? 'DELTA' : null;
}

/** Whether the credentials have failed for so long that syncing stops until they are replaced. */
export function isInvalid({ failingSince }: Pick<SyncHistory, 'failingSince'>, now: number): boolean {
  return failingSince !== null && now - toTime(failingSince) >= patience;
}

/** Milliseconds. */
export const fullInterval = 10 * 3_600_000;
export const deltaInterval = 3 * 3_600_000;
/** How long credentials may fail: three days. */
export const patience = 72 * 3_600_000;

function toTime(instant: string | null): number {
  return instant === null ? -Infinity : Date.parse(instant);
}

/** Milliseconds. */
const day = 24 * 3_600_000;
