// `mock-gem verify connector` in worlds that are a captured account, with the cases of the rules put into it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Adapter } from '../../../contracts/harness/adapter.ts';
import { ruleNames } from '../../../contracts/harness/load-rules.ts';
import type { Emulator } from '../../../contracts/harness/target.ts';
import { verifyConnector } from '../../../contracts/harness/verify-connector.ts';
import { startMockGem, type MockGem } from '../../../mock-server/server.ts';
import { resourceNames } from '../../../seeds/index.ts';
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
  : ['first-office', 'personal-emails', 'initial-source', 'resume-attachments'];

test('our own connector keeps the rules in a world that was captured', async () => {
  const { snapshot } = await captured(gem);
  const grown: Emulator = {
    openWorld: async (options) => {
      const world = await gem.control.openWorld(options);
      const made = await world.export();
      const records = Object.fromEntries(
        resourceNames.map((name) => [name, [...made.records[name], ...snapshot.records[name]]]),
      ) as unknown as typeof made.records;
      await world.import({ ...made, records });
      return world;
    },
  };
  const { entries } = await verifyConnector({
    gem: grown,
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
