import type { Services } from '../../../../connector/actions/services.ts';
import type { GemClient } from '../../../../connector/gem/client.ts';
import { komboId } from '../../../../connector/identifiers.ts';
import type { Store } from '../../../../connector/store/open-store.ts';
import type { Integration } from '../../../../connector/store/queries/integrations.ts';
import { useStore, type Connected } from '../../../support/connected.ts';
import { startStubGem, type StubLists } from '../../../support/stub-gem.ts';

/** An integration that has synced some lists, and what actions on it need. */
export interface Account {
  store: Store;
  services: Services;
  integration: Integration;
  rows: Connected['rows'];
  /** What the operator was told. */
  logged: string[];
  id: (remoteId: string) => string;
}

/** Opens one store for the tests of a file. The function that it returns syncs lists, and lets actions ask another Gem. */
export function useAccounts(): (lists: StubLists, gem: GemClient) => Promise<Account> {
  const { store, connect } = useStore();
  return async (lists, gem) => {
    const stub = await startStubGem(lists);
    const connected = await connect({ url: stub.url });
    await connected.sync();
    const logged: string[] = [];
    const services: Services = {
      ...store(),
      clock: connected.clock,
      log: (message) => logged.push(message),
      downloads: { bytes: 1_000_000, milliseconds: 1000, allowPrivateAddresses: false },
      clientOf: () => gem,
      requestSync: () => Promise.reject(new Error('no action asks for a sync')),
      sendEvents: () => Promise.reject(new Error('no action sends events')),
    };
    const integration = { ...connected.integration, actingUserId: 'user-1' };
    const id = (remoteId: string) => komboId(integration.id, remoteId);
    return { store: store(), services, integration, rows: connected.rows, logged, id };
  };
}
