import type { Store } from '../store/open-store.ts';
import { expireData } from '../store/queries/expiry.ts';
import {
  type EndUser,
  type Integration,
  saveEndUser,
  saveIntegration,
} from '../store/queries/integrations.ts';
import { lockStanding } from '../store/queries/integration-state.ts';
import { integrationCreated, isOtherState, stateChanged } from './events.ts';
import { tell } from './tell.ts';

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
    if (!before || before.isDeleted) await tell(transaction, after, integrationCreated(after), at);
    else if (isOtherState(before, after)) await tell(transaction, after, stateChanged(after, at), at);
    return saved;
  });
}
