import { afterAll, beforeAll, describe, expect, vi } from 'vitest';
import { withWorlds } from '../../../mock-server/vitest.ts';
import { startMockGem, type MockGem } from '../../../mock-server/server.ts';

const test = withWorlds({ scenario: 'empty', clock: { now: '2026-12-01T00:00:00.000Z', frozen: true } });
// A helper of its own, because the one above has its emulator already.
const elsewhere = withWorlds();
const keys = new Set<string>();

describe('each test has a world of its own', () => {
  test.for([1, 2, 3])('number %i begins without jobs', async (_number, { world }) => {
    expect(await (await world.fetch('/ats/v0/jobs/')).json()).toEqual([]);
    await world.edit({ do: 'create', resource: 'jobs' });
    expect(await (await world.fetch('/ats/v0/jobs/')).json()).toHaveLength(1);
    keys.add(world.key);
  });

  test('and it is dropped afterwards', async ({ gem, world }) => {
    expect(keys.size).toBe(3);
    const left = (await gem.worlds()).map(({ key }) => key);
    expect(left).toContain(world.key);
    for (const key of keys) expect(left).not.toContain(key);
  });
});

describe('a suite may ask for another world', () => {
  test.override({ worldOptions: { scenario: 'default' } });

  test('which is made for each of its tests', async ({ world }) => {
    expect((await world.state()).recipe.scenario).toBe('default');
  });
});

describe('against a server that runs already', () => {
  const token = 'a-token-for-tests';
  let running: MockGem;
  beforeAll(async () => {
    running = await startMockGem({ port: 0, controlToken: token });
    vi.stubEnv('MOCK_GEM_URL', running.url);
    vi.stubEnv('MOCK_GEM_CONTROL_TOKEN', token);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await running.close();
  });

  elsewhere('the world is made there', async ({ world }) => {
    expect(world.url).toBe(running.url);
    expect((await running.control.worlds()).map(({ key }) => key)).toContain(world.key);
  });
});
