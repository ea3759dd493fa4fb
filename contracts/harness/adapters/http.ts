import { setTimeout } from 'node:timers/promises';
import type { Account, Adapter } from '../adapter.ts';
import type { ItemOf, ListName } from '../lists.ts';
import { connectAccount } from './connect-account.ts';
import { createUnifiedApi, type UnifiedApi } from './unified-api.ts';
import { syncAndWait } from './sync-and-wait.ts';

/** The unified API of a connector, and the limits of its calls. */
export interface HttpConnector {
  /** What a Kombo client takes as its `server_url`: `http://127.0.0.1:4020/v1`. */
  url: string;
  apiKey: string;
  /** Waits before the next request. */
  pause?: ((milliseconds: number) => Promise<unknown>) | undefined;
  /** Milliseconds that a sync may take; ten minutes by default. */
  syncLimit?: number | undefined;
  /** Milliseconds that a single call may take; a minute by default. */
  callLimit?: number | undefined;
}

/**
 * Speaks to a connector through its unified API. The first sync of an account connects it by the standard flow: a link,
 * its page with the key and the acting user, and the token that the page hands out at its end.
 *
 * Errors say in one line which call failed, and why.
 */
export function connectHttp(connector: HttpConnector): Adapter {
  const { pause = setTimeout, syncLimit = 600_000, callLimit = 60_000 } = connector;
  let waited = 0;
  const wait = (milliseconds: number) => {
    waited += milliseconds;
    return pause(milliseconds);
  };
  const api = createUnifiedApi({ url: connector.url, apiKey: connector.apiKey, pause: wait, callLimit });
  const integrations = new Map<string, Promise<string>>();

  /** An account is connected once; a failed connection is tried again. */
  async function connected(account: Account): Promise<string> {
    const known = integrations.get(account.apiKey);
    if (known) return known;
    const connecting = connectAccount(api, account);
    integrations.set(account.apiKey, connecting);
    connecting.catch(() => integrations.delete(account.apiKey));
    return connecting;
  }

  return {
    accountsAtOnce,
    async sync(account, type) {
      return syncAndWait(api, await connected(account), type, { pause, limit: syncLimit });
    },
    async list(account, list, query) {
      return readPages(api, await connected(account), list, query);
    },
    async act(account, { method, path, body }) {
      const integrationId = await connected(account);
      const { status, body: answer } = await api.call(method, path, { integrationId, body });
      return { status, body: answer };
    },
    waited: () => waited,
  };
}

/** Each account is an integration of its own, and syncs are mostly spent waiting. */
const accountsAtOnce = 4;

/** All items of a list, page by page. */
async function readPages<Name extends ListName>(
  api: UnifiedApi,
  integrationId: string,
  list: Name,
  query: Readonly<Record<string, string>>,
): Promise<ItemOf[Name][]> {
  const items: ItemOf[Name][] = [];
  let cursor: string | null = null;
  do {
    const search: URLSearchParams = new URLSearchParams({
      page_size: '250',
      ...query,
      ...(cursor !== null && { cursor }),
    });
    const page: Page<ItemOf[Name]> = await api.read<Page<ItemOf[Name]>>(`/ats/${list}?${search}`, {
      integrationId,
    });
    items.push(...page.results);
    if (page.next !== null && page.next === cursor)
      throw new Error(`GET /ats/${list} goes on with the same page for ever`);
    cursor = page.next;
  } while (cursor !== null);
  return items;
}

interface Page<Item> {
  results: Item[];
  next: string | null;
}
