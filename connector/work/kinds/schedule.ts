import { toInstant } from '../../../contracts/clock.ts';
import { dueSync, isInvalid } from '../../policy/schedule.ts';
import { integrationsWithUnfinishedSyncs, listSchedules, queueSync } from '../../store/queries/syncs.ts';
import { changeState } from '../../webhooks/change-state.ts';
import { lockOf, type Kind, type WorkContext } from '../kind.ts';

/** Lets the syncs wait that are due, and finds workers for all that nobody works on, such as those of a dead process. */
export const schedule: Kind = {
  name: 'schedule',
  atOnce: () => 1,
  retries: 0,
  every: ({ checkEverySeconds }) => checkEverySeconds,
  run: async (context) => {
    await queueDueSyncs(context);
    await sendUnattendedSyncs(context);
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
  const free = new Set(await locks.free(waiting.map(lockOf)));
  for (const integrationId of waiting) {
    if (free.has(lockOf(integrationId))) await queue.send('sync', { integrationId }, integrationId);
  }
}
