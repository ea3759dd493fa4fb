// How many worlds are made up, and which.
import { expect, test } from 'vitest';
import type { Adapter } from '../../../contracts/harness/adapter.ts';
import { loadRules } from '../../../contracts/harness/load-rules.ts';
import { makePlans } from '../../../contracts/harness/merge-cases.ts';
import { verifyConnector } from '../../../contracts/harness/verify-connector.ts';
import { useGem } from '../../support/gem.ts';

const gem = useGem();

const connector: Adapter = {
  covers: ['users.status'],
  sync: async () => undefined,
  list: async () => [],
  act: async () => ({ status: 501, body: {} }),
};

test('a budget of ten seconds is spent on as many worlds as it has time for, and on one at least', async () => {
  expect(await worldsWithin(10_000, { eachTakes: 3000 })).toBe(2);
  expect(await worldsWithin(10_000, { eachTakes: 20_000 })).toBe(1);
});

test('the same seed makes the same worlds, however many are asked for', async () => {
  const rules = await loadRules(['delta-sync', 'written-once']);
  const [some, more] = [makePlans(rules, 3), makePlans(rules, 3)];
  expect(more(40)).not.toEqual(more(2));
  expect(more(2)).toEqual(some(2));
});

/** @param eachTakes milliseconds by the clock that the verification is given */
async function worldsWithin(budget: number, { eachTakes }: { eachTakes: number }): Promise<number> {
  let worlds = 0;
  await verifyConnector({
    gem: gem().control,
    applicationSecret: gem().applicationSecret,
    connector,
    subject: 'nothing',
    rules: ['user-status'],
    budget,
    variations: 0,
    now: () => worlds * eachTakes,
    onProgress: ({ phase }) => {
      if (phase === 'world') worlds += 1;
    },
  });
  return worlds;
}
