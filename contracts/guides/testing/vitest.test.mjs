import { withWorlds } from 'mock-gem/vitest';
import { afterEach, expect, vi } from 'vitest';

const test = withWorlds({ scenario: 'default', switches: { rate_limit: 'off' } });

afterEach(() => {
  vi.useRealTimers();
});

test('a rejection shows, though timers are faked', async ({ world }) => {
  vi.useFakeTimers();
  const before = await world.mark();
  await world.edit({ do: 'reject', application: 'zoe-backend' });

  const response = await fetch(`${world.url}/ats/v0/applications/?status=rejected`, {
    headers: { 'X-API-Key': world.key },
  });

  expect(response.status).toBe(200);
  expect((await world.changes(before)).changed).toHaveLength(2); // the application, and its candidate
});
