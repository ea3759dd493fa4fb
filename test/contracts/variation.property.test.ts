// Whatever Gem sends where nothing is proven, the connector shows the same, and its actions succeed. `DEEP_SEED` says with
// which variation to begin, `DEEP_RUNS` how many perform every action.
import { randomBytes } from 'node:crypto';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { smallestVariation, type NamedForms } from '../../contracts/harness/smallest-variation.ts';
import { startMockGem, type MockGem } from '../../mock-server/server.ts';
import { formsOf } from '../../mock-server/world/switches.ts';
import type { LiveWorld } from '../../mock-server/worlds/live-world.ts';
import { placeOnPostgres } from '../support/databases.ts';
import { startOwnConnector } from '../support/own-connector.ts';
import { performEveryAction } from './variation/every-action.ts';
import { differences, readAccount, type UnifiedAccount } from './variation/unified-account.ts';
import { oneOfEverything } from './variation/world.ts';
import { isDeep } from '../support/deep.ts';

const firstSeed = Number(process.env['DEEP_SEED'] ?? 0);
const runs = isDeep ? 1000 : 25;
/** Four seeds in a row take every form of most guesses. */
const actingRuns = isDeep ? Number(process.env['DEEP_RUNS'] ?? 40) : 4;
/** Milliseconds. */
const patience = 120_000 + runs * 2000;
/** How many broken variations are told. */
const mostTold = 5;

let gem: MockGem;
let world: LiveWorld;
let usual: UnifiedAccount;

beforeAll(async () => {
  gem = await startMockGem({ port: 0, switches: { rate_limit: 'off' } });
  world = openWorld({});
  usual = await shownWith({});
  return () => gem.close();
});

test(
  `${runs} variations of an account show the same`,
  async () => {
    const wrongWith = async (forms: NamedForms) => differences(usual, await shownWith(forms), forms);
    expect(await brokenVariations(runs, wrongWith)).toEqual([]);
  },
  patience,
);

test(
  `every action succeeds in ${actingRuns} variations of an account`,
  async () => {
    const connector = await startOwnConnector(await placeOnPostgres());
    onTestFinished(() => connector.close?.());
    const wrongWith = async (forms: NamedForms) => {
      const own = openWorld(forms);
      try {
        return await performEveryAction(connector, own, accountOf(own));
      } finally {
        await (await gem.control.world(own.key)).drop();
      }
    };
    expect(await brokenVariations(actingRuns, wrongWith)).toEqual([]);
  },
  patience,
);

/** The first variations in which something is wrong, each with the fewest guesses that bring it about. */
async function brokenVariations(
  count: number,
  wrongWith: (forms: NamedForms) => Promise<string[]>,
): Promise<string[]> {
  const look = async (forms: NamedForms) => {
    try {
      return await wrongWith(forms);
    } catch (error) {
      return [`it fails: ${error instanceof Error ? error.message : String(error)}`];
    }
  };
  const broken: string[] = [];
  for (let seed = firstSeed; seed < firstSeed + count && broken.length < mostTold; seed += 1) {
    const forms = Object.fromEntries(formsOf(seed));
    if ((await look(forms)).length === 0) continue;
    const fewest = await smallestVariation(forms, async (some) => (await look(some)).length > 0);
    const guesses = Object.entries(fewest).map(([guess, form]) => `${guess} is ${form}`);
    const wrong = await look(fewest);
    const told = wrong.slice(0, 4).join('; ');
    broken.push(`seed ${seed}, when ${guesses.join(' and ')}: ${told} (${wrong.length} in all)`);
  }
  return broken;
}

function openWorld(variation: NamedForms): LiveWorld {
  return gem.createWorld(randomBytes(20).toString('hex'), {
    document: oneOfEverything,
    switches: { rate_limit: 'off', variation },
  });
}

function accountOf({ key, company, labels }: LiveWorld) {
  const { url, applicationSecret } = gem;
  const actingUserId = labels['paula']?.id ?? '';
  return { url, apiKey: key, applicationSecret, jobBoard: company.vanity, actingUserId };
}

function shownWith(variation: NamedForms): Promise<UnifiedAccount> {
  world.choose({ variation });
  return readAccount(accountOf(world));
}
