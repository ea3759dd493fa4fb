// node --test node-test.mjs
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startMockGem } from 'mock-gem';

let gem;
before(async () => {
  gem = await startMockGem({ port: 0 });
});
after(() => gem.close());

test('a rejection shows', async (context) => {
  const world = await gem.openWorld({ scenario: 'default' });
  context.after(() => world.drop());
  context.mock.timers.enable(); // yours, not the emulator's
  const before = await world.mark();
  await world.edit({ do: 'reject', application: 'zoe-backend' });

  const response = await fetch(`${world.url}/ats/v0/applications/?status=rejected`, {
    headers: { 'X-API-Key': world.key },
  });

  assert.equal(response.status, 200);
  assert.equal((await world.changes(before)).changed.length, 2); // the application, and its candidate
});
