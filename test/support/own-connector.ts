// This project's own connector as the harness drives it: in this process, each account connected as an integration.
import type { Account, Adapter, ActionAnswer, SyncType } from '../../contracts/harness/adapter.ts';
import type { ItemOf, ListName } from '../../contracts/harness/lists.ts';
import { startConnector } from '../../connector/server.ts';
import type { PostgresPlace } from './databases.ts';

/**
 * Starts a connector, and makes the harness's three functions of it.
 *
 * @param place a PostgreSQL server, which is faster than the embedded one where much is to be synced
 */
export async function startOwnConnector(place?: PostgresPlace): Promise<Adapter> {
  const connector = await startConnector({ port: 0, limits: 'off', gemRate: 'off', ...place });
  const integrations = new Map<string, string>();

  async function call<Body>(
    account: Account,
    path: string,
    init: RequestInit = {},
  ): Promise<{ status: number; body: Body }> {
    const response = await fetch(`${connector.apiUrl}${path}`, {
      ...init,
      headers: {
        Authorization: `Bearer ${connector.apiKey}`,
        'X-Integration-Id': integrations.get(account.apiKey) ?? '',
        'Content-Type': 'application/json',
      },
    });
    // The connector's answers are held against their description elsewhere.
    return { status: response.status, body: (await response.json()) as Body };
  }

  return {
    accountsAtOnce: 4,
    async sync(account: Account, type: SyncType) {
      let id = integrations.get(account.apiKey);
      if (id === undefined) {
        ({ id } = await connector.connect({
          gem: account,
          jobBoardVanity: account.jobBoard,
          actingUserId: account.actingUserId,
          isRemoteDataEnabled: true,
        }));
        integrations.set(account.apiKey, id);
      }
      const { state } = await connector.sync(id, { type });
      if (state !== 'SUCCEEDED') throw new Error(`the sync ended ${state}`);
    },
    async list<Name extends ListName>(account: Account, list: Name, query: Readonly<Record<string, string>>) {
      const items: ItemOf[Name][] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const search: URLSearchParams = new URLSearchParams({
          page_size: '250',
          ...query,
          ...(cursor !== '' && { cursor }),
        });
        const { status, body } = await call<Page<ItemOf[Name]>>(account, `/ats/${list}?${search}`);
        if (status !== 200) throw new Error(`/ats/${list} answered ${status}`);
        items.push(...body.data.results);
        cursor = body.data.next;
      }
      return items;
    },
    act: (account, { method, path, body }): Promise<ActionAnswer> =>
      call(account, path, { method, ...(body !== undefined && { body: JSON.stringify(body) }) }),
    close: () => connector.close(),
  };
}

interface Page<Item> {
  data: { next: string | null; results: Item[] };
}
