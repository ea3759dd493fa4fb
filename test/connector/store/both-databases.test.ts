// The embedded database and a server hold the same, and are read alike. `npm run test:deep` runs whole suites on both.
import { expect, test } from 'vitest';
import type { Account, Adapter } from '../../../contracts/harness/adapter.ts';
import { listNames, type ListName } from '../../../contracts/harness/lists.ts';
import { startGem } from '../../support/gem.ts';
import { startOwnConnector } from '../../support/own-connector.ts';
import { placeOnPostgres } from '../../support/databases.ts';

const queries: readonly [ListName, Record<string, string>][] = [
  ...listNames.map((list): [ListName, Record<string, string>] => [list, { include_deleted: 'true' }]),
  ['users', { emails: 'PAULA@example.com,nobody@example.com' }],
  ['jobs', { name_contains: 'E', statuses: 'OPEN,CLOSED' }],
  ['jobs', { remote_created_after: '2026-01-01' }],
  ['candidates', { first_name: 'ada', page_size: '2' }],
  ['applications', { outcomes: 'PENDING', page_size: '3' }],
  ['interviews', { updated_after: '2000-01-01' }],
];

test('both databases hold the same after a full sync and a delta, and their lists and filters answer alike', async () => {
  const gem = await startGem();
  const user = gem.world.store.records().users[0]?.id ?? '';
  const account: Account = {
    url: gem.url,
    apiKey: gem.apiKey,
    applicationSecret: gem.applicationSecret,
    jobBoard: gem.world.company.vanity,
    actingUserId: user,
  };
  const connectors = [await startOwnConnector(), await startOwnConnector(await placeOnPostgres())];
  try {
    for (const connector of connectors) await connector.sync(account, 'FULL');
    const world = await gem.control.world(gem.apiKey);
    await world.edit(
      { do: 'create', resource: 'candidates', set: { first_name: 'Ada' } },
      { do: 'create', resource: 'jobs', as: 'new', set: { name: 'Lighthouse keeper' } },
    );
    for (const connector of connectors) await connector.sync(account, 'DELTA');
    const [embedded = '', server = ''] = await Promise.all(connectors.map((one) => shownBy(one, account)));
    expect(embedded).toContain('Lighthouse keeper');
    expect(embedded).toBe(server);
  } finally {
    for (const connector of connectors) await connector.close?.();
  }
});

/** What a connector shows, without its own ids and moments. */
async function shownBy(connector: Adapter, account: Account): Promise<string> {
  const names = new Map<string, string>();
  const shown: unknown[] = [];
  for (const [list, query] of queries) {
    const items = await connector.list(account, list, query);
    for (const { id, remote_id } of items) names.set(id, `${list} ${remote_id}`);
    shown.push({ list, query, items });
  }
  const text = JSON.stringify(shown, (key, value: unknown) => (key === 'changed_at' ? null : value), 1);
  return text.replaceAll(/"[^"]+"/g, (word) => names.get(word.slice(1, -1)) ?? word);
}
