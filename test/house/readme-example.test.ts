// The README's example for tests, with a client that reads two pages in the connector's place.
import { expect } from 'vitest';
import type { GemSchemas } from '../../contracts/gem.ts';
import { withWorlds } from '../../mock-server/control/vitest.ts';

const test = withWorlds({ scenario: 'default' });

test('a rejection shows after the next sync, though its page comes twice', async ({ world }) => {
  const before = await world.mark();
  await world.edit({ do: 'reject', application: 'zoe-backend' });
  await world.faults.arm({ fault: 'page_repeated', match: { operation: 'listApplications' } });

  const pages = [await readPage(world, 1), await readPage(world, 2)];

  expect(pages[1]).toEqual(pages[0]);
  expect(pages.flat().filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
  expect((await world.requests.find({ method: 'POST' })).count).toBe(0);
  expect((await world.changes(before)).changed).toHaveLength(2); // the application, and its candidate
});

async function readPage(world: { url: string; key: string }, page: number) {
  const response = await fetch(`${world.url}/ats/v0/applications/?page=${page}`, {
    headers: { 'X-API-Key': world.key },
  });
  return (await response.json()) as GemSchemas['Application'][];
}
