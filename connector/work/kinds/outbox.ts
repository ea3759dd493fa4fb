import { toInstant } from '../../../contracts/clock.ts';
import { dueChannels } from '../../store/queries/deliveries.ts';
import { channelLock, type Kind } from '../kind.ts';

/** Finds workers for the events that are to be sent, those included that a dead process left. */
export const outbox: Kind = {
  name: 'outbox',
  atOnce: () => 1,
  retries: 0,
  every: ({ checkEverySeconds }) => checkEverySeconds,
  run: async ({ store: { database, locks }, clock, queue }) => {
    const due = await dueChannels(database, toInstant(clock.now()));
    const free = new Set(await locks.free(due.map(channelLock)));
    for (const channel of due) {
      const lock = channelLock(channel);
      if (free.has(lock)) await queue.send('deliver', { ...channel }, lock);
    }
  },
};
