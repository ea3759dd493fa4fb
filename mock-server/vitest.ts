// `mock-gem/vitest`: a world of its own for each test.
import { test as plainTest, type TestAPI } from 'vitest';
import { startMockGem } from './server.ts';
import { connectToMockGem, type MockGemControl, type NewWorld, type SteeredWorld } from './control/client.ts';

/** What a world is made from: scenario, parameters, seed, switches, clock. */
export type TestWorldOptions = Omit<NewWorld, 'key'>;

/** What a test is given. */
export interface WorldFixtures {
  /** The emulator: one for each worker, or the one that already runs. */
  gem: MockGemControl;
  /** What the test's world is made from; `test.override({ worldOptions: … })` changes it for a suite. */
  worldOptions: TestWorldOptions;
  /** A world that no other test sees, made in milliseconds and dropped afterwards. */
  world: SteeredWorld;
}

/**
 * Makes a `test` of Vitest that gives each test a world of its own, so that tests run side by side and none cleans up.
 *
 * ```ts
 * import { withWorlds } from 'mock-gem/vitest';
 * import { expect } from 'vitest';
 *
 * const test = withWorlds({ scenario: 'default', switches: { rate_limit: 'off' } });
 *
 * test('my connector survives a 503', async ({ world }) => {
 *   await world.faults.arm({ fault: 'status', status: 503, match: { operation: 'listJobs' } });
 *   await sync({ url: world.url, apiKey: world.key });
 *   expect((await world.requests.find({ operation: 'listJobs' })).count).toBe(2);
 * });
 * ```
 *
 * The emulator runs in the worker. Where one runs already, `MOCK_GEM_URL` says so, and `MOCK_GEM_CONTROL_TOKEN` its control
 * token.
 */
export function withWorlds(options: TestWorldOptions = {}): TestAPI<WorldFixtures> {
  return plainTest.extend<WorldFixtures>({
    gem: [
      // Vitest reads from this pattern that the fixture needs no other.
      // oxlint-disable-next-line no-empty-pattern
      async ({}, use) => {
        const { control, close } = await emulator();
        await use(control);
        await close();
      },
      { scope: 'worker' },
    ],
    worldOptions: options,
    world: async ({ gem, worldOptions }, use) => {
      const world = await gem.openWorld(worldOptions);
      await use(world);
      await world.drop();
    },
  });
}

async function emulator(): Promise<{ control: MockGemControl; close: () => Promise<void> }> {
  const url = process.env['MOCK_GEM_URL'];
  if (!url) return startMockGem({ port: 0 });
  const token = process.env['MOCK_GEM_CONTROL_TOKEN'];
  return { control: connectToMockGem(url, { token }), close: async () => undefined };
}
