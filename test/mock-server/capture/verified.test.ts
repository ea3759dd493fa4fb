// `mock-gem verify connector` in worlds that are a captured account, with the cases of the rules put into it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Adapter } from '../../../contracts/harness/adapter.ts';
import { ruleNames } from '../../../contracts/harness/load-rules.ts';
import { verifyConnector } from '../../../contracts/harness/verify-connector.ts';
import { withAccount } from '../../../mock-server/cli/verify/account-in-worlds.ts';
import { startMockGem, type MockGem } from '../../../mock-server/server.ts';
import { captured } from '../../support/captured.ts';
import { placeOnPostgres } from '../../support/databases.ts';
import { isDeep } from '../../support/deep.ts';
import { startOwnConnector } from '../../support/own-connector.ts';

let gem: MockGem;
let connector: Adapter;

beforeAll(async () => {
  gem = await startMockGem({ port: 0, scenario: 'every-promise', switches: { rate_limit: 'off' } });
  connector = await startOwnConnector(await placeOnPostgres());
});
afterAll(async () => {
  await connector?.close?.();
  await gem?.close();
});

const rules = isDeep
  ? ruleNames
  : ['first-office', 'office-address', 'personal-emails', 'initial-source', 'resume-attachments'];

test('our own connector keeps the rules in a world that was captured', async () => {
  const { snapshot } = await captured(gem);
  const { entries } = await verifyConnector({
    gem: withAccount(gem.control, () => snapshot.records),
    applicationSecret: gem.applicationSecret,
    connector,
    subject: 'our own, in a captured account',
    rules,
    worlds: 1,
    variations: 0,
    shrinks: false,
  });
  expect(entries.filter(({ state }) => state !== 'held')).toEqual([]);
  expect(entries).toHaveLength(rules.length);
}, 3_600_000);
