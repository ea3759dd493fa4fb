import { toInstant } from '../../contracts/clock.ts';
import { finishCreation, nextTryAfter } from './finish-creation.ts';
import { turnOf } from './create.ts';
import { findIntegration } from '../store/queries/integrations.ts';
import {
  type CreationKey,
  dropCreation,
  dueCreations,
  findCreation,
  forgetCreations,
  putOffCreation,
} from '../store/queries/creations.ts';
import { forgetWrites } from '../store/queries/recent-writes.ts';
import type { Kind, WorkContext } from '../work/worker.ts';

/**
 * Finishes the applications whose process died between their creation and the upload of the last file, or whose
 * end was not seen. What is done already is not done again. One that Gem never shows is given up: its caller got no
 * success.
 */
export const finishCreations: Kind = {
  name: 'finish-creations',
  atOnce: () => 1,
  retries: 0,
  every: ({ checkEverySeconds }) => checkEverySeconds,
  run: async (context, _data, stopping) => {
    const { store, clock, log } = context;
    const now = clock.now();
    const given = await forgetCreations(store.database, toInstant(now - longest));
    if (given > 0) log(`${given} applications could not be finished within a day, and are given up`);
    await forgetWrites(store.database, toInstant(now - longest));
    for (const due of await dueCreations(store.database, { at: toInstant(now), limit: atATime })) {
      if (stopping.aborted) return;
      await finishOne(context, due);
    }
  },
};

/** Milliseconds for which parts of a call are stored. */
const longest = 24 * 3_600_000;

/** Milliseconds after which an application that Gem does not show was not created. */
const longestUnseen = 3_600_000;

/** The others have their turn soon enough. */
const atATime = 20;

async function finishOne(context: WorkContext, key: CreationKey & { turn: string }): Promise<void> {
  const { store, clock, log, clientOf } = context;
  const { database, vault, locks } = store;
  const lock = await locks.take(turnOf(key));
  // The process that holds it does the work.
  if (!lock) return;
  try {
    const integration = await findIntegration(store, key.integrationId);
    const pending = await findCreation(store, key);
    if (!pending) return;
    const age = clock.now() - Date.parse(pending.begunAt);
    const later = { nextTryAt: toInstant(clock.now() + nextTryAfter(age)), isTold: pending.isTold };
    // First of all, so that one which cannot be finished does not keep the others waiting.
    await putOffCreation(database, key, later);
    if (integration?.state !== 'ACTIVE') return;
    const services = { database, vault, clock, log, clientOf };
    const result = await finishCreation(services, integration, pending, { isCallerThere: () => false });
    if (result) log(`finished an application of ${key.integrationId} whose call was broken off`);
    else if (age > longestUnseen) await dropCreation(database, key);
  } catch (error) {
    log(`an application of ${key.integrationId} could not be finished yet`, error);
  } finally {
    await lock.release();
  }
}
