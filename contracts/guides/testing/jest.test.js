/** @jest-environment ./jest-environment.mjs */

let world;
beforeEach(async () => {
  world = await gem.openWorld({ scenario: 'default' });
});
afterEach(async () => {
  jest.useRealTimers();
  await world.drop();
});

test('a rejection shows', async () => {
  jest.useFakeTimers();
  const before = await world.mark();
  await world.edit({ do: 'reject', application: 'zoe-backend' });

  const response = await fetch(`${world.url}/ats/v0/applications/?status=rejected`, {
    headers: { 'X-API-Key': world.key },
  });

  expect(response.status).toBe(200);
  expect((await world.changes(before)).changed).toHaveLength(2); // the application, and its candidate
});
