// What takes long is done beside the requests of others, or a moment at a time.
import { syncBuiltinESMExports } from 'node:module';
import v8 from 'node:v8';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startGem } from '../support/gem.ts';
import { ask } from './faults/support.ts';

test('a large scenario is built apart, once however its numbers are told, and is the same as any other', async () => {
  const gem = await startGem();
  const other = await gem.control.openWorld();
  const making = gem.control.openWorld({ scenario: 'large', parameters: { candidates: 1500 } });
  const pending = Symbol('pending');
  let answered = 0;
  while ((await Promise.race([making, Promise.resolve(pending)])) === pending) {
    expect((await ask(gem, '/ats/v0/jobs/', { key: other.key })).status).toBe(200);
    answered += 1;
  }
  // As long as it takes, others are answered.
  expect(answered).toBeGreaterThan(3);
  const made = await making;
  const again = await gem.control.openWorld({ scenario: 'large', parameters: { candidates: '1500' } });
  const [one, two] = [await made.export(), await again.export()];
  expect(one.records.candidates).toHaveLength(1500);
  expect(two.records).toEqual(one.records);
  const direct = gem.createWorld('D'.repeat(40), { scenario: 'large', parameters: { candidates: 1500 } });
  expect(direct.store.records()).toEqual(one.records);
  await made.edit({ do: 'create', resource: 'candidates' });
  expect((await again.export()).records.candidates).toHaveLength(1500);
});

test('what is wrong with a scenario that is built apart is told as everywhere', async () => {
  const gem = await startGem();
  const document = 'purpose: a\nrecords:\n  candidates: [{ count: 1001, first_nam: x }]\n';
  await expect(gem.control.openWorld({ document })).rejects.toThrow('did you mean "first_name"?');
});

test('two requests that find a world far behind both wait until it has caught up, and events happen once', async () => {
  const gem = await startGem();
  const world = await gem.control.openWorld({ clock: { now: '2026-11-16T09:00:00Z', frozen: true } });
  await world.simulation.start(600);
  const jump = world.clock.advance('1 hour');
  const [{ status }, state] = await Promise.all([
    ask(gem, '/ats/v0/jobs/', { key: world.key }),
    world.simulation.read(),
    jump,
  ]);
  expect(status).toBe(200);
  const after = await world.simulation.read();
  expect(after.played).toBeGreaterThan(400);
  expect(state.played).toBe(after.played);
});

test('a reset ends a play that is under way', async () => {
  const gem = await startGem();
  const world = await gem.control.openWorld();
  const playing = world.simulation.play(10_000);
  await world.reset();
  expect((await playing).length).toBeLessThan(10_000);
});

test('a matcher as long as the lists that it is compared with gives up in time', async () => {
  const gem = await startGem();
  const wanted = Array.from({ length: 50_000 }, (_, index) => index + 0.5);
  gem.world.faults.arm({ fault: 'status', status: 500, match: { body: wanted } });
  const started = process.cpuUsage();
  const body = Array.from({ length: 50_000 }, (_, index) => index);
  expect((await ask(gem, '/ats/v0/candidates/', { method: 'POST', body })).status).toBe(422);
  expect(process.cpuUsage(started).user / 1000).toBeLessThan(5000);
});

test('a world that would take all memory is refused before anything is made', async () => {
  const gem = await startGem();
  const small = vi
    .spyOn(v8, 'getHeapStatistics')
    .mockReturnValue({ ...v8.getHeapStatistics(), heap_size_limit: 2_000_000 });
  syncBuiltinESMExports();
  onTestFinished(() => {
    small.mockRestore();
    syncBuiltinESMExports();
  });
  const parameters = { candidates: 2000 };
  await expect(gem.control.openWorld({ scenario: 'large', parameters })).rejects.toThrow('make it smaller');
});
