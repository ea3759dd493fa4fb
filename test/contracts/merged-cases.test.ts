import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadRules, type NamedRule } from '../../contracts/harness/load-rules.ts';
import { editsOf, makePlans } from '../../contracts/harness/merge-cases.ts';
import { toDocument } from '../../contracts/harness/scenario-document.ts';
import { startMockGem, type MockGem } from '../../mock-server/server.ts';

let gem: MockGem;
let rules: readonly NamedRule[];
beforeAll(async () => {
  [gem, rules] = await Promise.all([startMockGem({ port: 0 }), loadRules()]);
});
afterAll(() => gem.close());

/** How many worlds each seed gives; the harness makes twelve by default. */
const worldsOfSeed = 12;
const seeds = process.env['DEEP_RUNS'] ? 50 : 1;
const worlds = Array.from({ length: seeds * worldsOfSeed }, (_nothing, number) => ({
  seed: Math.floor(number / worldsOfSeed) + 2,
  number: number % worldsOfSeed,
}));

describe.each(worlds)(
  'the cases of all rules in one world: seed $seed, world $number',
  ({ seed, number }) => {
    test('leave each other alone: nothing names a record of another case, and no edit is refused', async () => {
      const plan = makePlans(rules, seed)(number);
      const world = await gem.openWorld({ document: toDocument(plan), seed: 'harness' });
      const { records, labels } = await world.export();
      const ownerOf = new Map(
        Object.entries(labels).map(([label, { id }]) => [id, ownerOfLabel(label)] as const),
      );
      const collisions = Object.entries(records).flatMap(([resource, all]) =>
        all.flatMap((record) => {
          const owner = ownerOf.get(String(record['id']));
          return owner === undefined
            ? []
            : textsIn(record)
                .filter((text) => (ownerOf.get(text) ?? owner) !== owner)
                .map((text) => `${resource} of ${owner} name a record of ${ownerOf.get(text)}`);
        }),
      );
      expect([...new Set(collisions)]).toEqual([]);
      for (const round of plan.rounds) await world.edit(...editsOf([round]));
      await world.drop();
    });
  },
);

/** The rule with the longest name that a label begins with; the base scenario's labels have none. */
function ownerOfLabel(label: string): string | undefined {
  return rules
    .map(({ name }) => name)
    .filter((name) => label.startsWith(`${name}-`))
    .toSorted((one, other) => other.length - one.length)[0];
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((inner) => textsIn(inner));
}
