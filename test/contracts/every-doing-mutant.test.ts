// Connectors that sync or write something wrongly: each is caught by its own rule, and by no other.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Adapter } from '../../contracts/harness/adapter.ts';
import { mergeCases } from '../../contracts/harness/merge-cases.ts';
import type { Cast } from '../../contracts/harness/run-course.ts';
import { startMockGem, type MockGem } from '../../mock-server/server.ts';
import { placeOnPostgres } from '../support/databases.ts';
import { startOwnConnector } from '../support/own-connector.ts';
import { caseOf, catching, isDeep, mutants, worlds } from './support/mutants.ts';

let gem: MockGem;
let connector: Adapter;

beforeAll(async () => {
  gem = await startMockGem({ port: 0 });
  connector = await startOwnConnector(await placeOnPostgres());
});
afterAll(async () => {
  await connector?.close?.();
  await gem?.close();
});

const cast = (): Cast => ({ gem: gem.control, applicationSecret: gem.applicationSecret, connector });

test.each(mutants.filter(({ broken }) => !broken.onlyShows))(
  '$name alone catches "$mutant"',
  async ({ name, named, broken }) => {
    const caught = new Set<string>();
    for (let number = 0; number < (caught.size === 0 || isDeep ? worlds : 0); number += 1) {
      const plan = mergeCases([caseOf(named, number)]);
      const isBrief = named.rule.concerns === 'writing';
      const wrong = { ...cast(), connector: broken.break(connector) };
      for (const rule of await catching(wrong, { ...plan, isBrief })) caught.add(rule);
    }
    expect([...caught]).toEqual([name]);
  },
);
