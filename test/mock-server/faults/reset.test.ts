// A reset ends what was under way: nothing of before happens in the state that comes then.
import { once } from 'node:events';
import { request as send, type IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { read, startGem } from '../../support/gem.ts';
import { ask } from './support.ts';

const hold = { fault: 'latency', milliseconds: 100_000 } as const;
const leak = { do: 'create', resource: 'candidates', as: 'leak' } as const;

test.each(['reset', 'import', 'disarmed by a new world'])(
  'a request that a fault holds is let go by a %s; it edits nothing, and no log has it',
  async (how) => {
    const seen: string[] = [];
    const gem = await startGem({ onRequest: ({ operation }) => seen.push(String(operation)) });
    const world = await gem.control.world();
    await world.faults.arm({ fault: 'edit', when: 'after', edits: [leak] });
    await world.faults.arm(hold);
    const held = ask(gem, '/ats/v0/jobs/');
    await expect.poll(async () => (await world.faults.list()).at(-1)?.struck).toBe(1);
    if (how === 'reset') await world.reset();
    else if (how === 'import') {
      const body = await world.export();
      await gem.control.call('importWorld', { path: { world: 'default' }, body });
    } else gem.createWorld(gem.apiKey);
    expect((await held).status).toBe(200);
    expect(await world.labels()).not.toHaveProperty('leak');
    expect(await world.requests.list()).toEqual([]);
    // Whoever listens to the server is told all the same.
    expect(seen).toEqual(['listJobs']);
  },
);

test('a gateway that says nothing says 504 at once', async () => {
  const gem = await startGem();
  const world = await gem.control.world();
  await world.faults.arm({ fault: 'timeout', milliseconds: 100_000 });
  const held = ask(gem, '/ats/v0/jobs/');
  await expect.poll(async () => (await world.faults.list()).at(-1)?.struck).toBe(1);
  await world.reset();
  expect((await held).status).toBe(504);
});

test('a body that is still on its way reaches a world that has begun anew no more', async () => {
  const gem = await startGem();
  const world = await gem.control.world();
  const [user] = await read<{ id: string }[]>(gem, '/v0/users');
  const headers = { 'X-API-Key': gem.apiKey, 'Content-Type': 'application/json', Expect: '100-continue' };
  const request = send(`${gem.url}/v0/candidates`, { method: 'POST', headers });
  const answered = once(request, 'response');
  request.flushHeaders();
  // The server asks for the body of a request that it has admitted.
  await once(request, 'continue');
  await world.reset();
  request.end(JSON.stringify({ created_by: user?.id, first_name: 'A', last_name: 'B' }));
  const [{ statusCode }] = (await answered) as [IncomingMessage];
  expect(statusCode).toBe(503);
});
