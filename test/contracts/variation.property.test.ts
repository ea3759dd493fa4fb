// Whatever Gem sends where nothing is proven, the connector shows the same. `DEEP_RUNS` says with how many variations,
// `DEEP_SEED` with which first.
import { beforeAll, expect, test } from 'vitest';
import { smallestVariation, type NamedForms } from '../../contracts/harness/smallest-variation.ts';
import type { SteeredWorld } from '../../mock-server/control/steered-world.ts';
import { startMockGem, type MockGem } from '../../mock-server/server.ts';
import { formsOf } from '../../mock-server/variation.ts';
import { differences, readAccount, type Shown } from './variation/shown.ts';
import { oneOfEverything } from './variation/world.ts';

const runs = Number(process.env['DEEP_RUNS'] ?? 50);
const firstSeed = Number(process.env['DEEP_SEED'] ?? 0);
/** Milliseconds. */
const patience = 60_000 + runs * 2000;
/** How many broken variations are told. */
const mostTold = 5;

let gem: MockGem;
let world: SteeredWorld;
let usual: Shown;

beforeAll(async () => {
  gem = await startMockGem({ port: 0, switches: { rate_limit: 'off' } });
  world = await gem.openWorld({ document: oneOfEverything });
  usual = await shownWith({});
  return () => gem.close();
});

test(
  `${runs} variations of an account show the same`,
  async () => {
    const broken: string[] = [];
    for (let seed = firstSeed; seed < firstSeed + runs && broken.length < mostTold; seed += 1) {
      const forms = Object.fromEntries(formsOf(seed));
      if ((await wrongWith(forms)).length > 0) broken.push(`seed ${seed}: ${await explained(forms)}`);
    }
    expect(broken).toEqual([]);
  },
  patience,
);

async function shownWith(variation: NamedForms): Promise<Shown> {
  await world.choose({ variation });
  return readAccount({ url: gem.url, apiKey: world.key, applicationSecret: gem.applicationSecret });
}

/** What is wrong when guesses take these forms. */
async function wrongWith(forms: NamedForms): Promise<string[]> {
  try {
    return differences(usual, await shownWith(forms), forms);
  } catch (error) {
    return [`it fails: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/** The fewest of the forms that break the law, and what is lost by them. */
async function explained(forms: NamedForms): Promise<string> {
  const fewest = await smallestVariation(forms, async (some) => (await wrongWith(some)).length > 0);
  const guesses = Object.entries(fewest).map(([guess, form]) => `${guess} is ${form}`);
  const wrong = await wrongWith(fewest);
  return `when ${guesses.join(' and ')}: ${wrong.slice(0, 4).join('; ')} (${wrong.length} in all)`;
}
