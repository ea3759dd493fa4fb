// Worlds and logs have bounds of bytes; what was used longest ago makes room, and that is said.
import { fc, test as law } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { fixedClock } from '../../../contracts/clock.ts';
import { maxArmed } from '../../../mock-server/faults/faults.ts';
import { applyEdits } from '../../../mock-server/edits/apply-edits.ts';
import { RequestLog } from '../../../mock-server/requests/request-log.ts';
import { openSnapshot, takeSnapshot } from '../../../mock-server/snapshots/snapshot.ts';
import { Worlds } from '../../../mock-server/worlds/worlds.ts';
import { startGem } from '../../support/gem.ts';
import { ask } from '../faults/support.ts';

const megabyte = 1024 * 1024;

test('worlds that nobody asked for longest make room for others; the first one and those in use stay', async () => {
  const said: string[] = [];
  const gem = await startGem({ worldBytes: 3 * megabyte, notify: (message) => said.push(message) });
  const inUse = await gem.control.openWorld();
  const idle = await gem.control.openWorld();
  for (let count = 0; count < 60; count += 1) {
    await ask(gem, '/ats/v0/jobs/', { key: `${count}`.padStart(40, 'W') });
    await inUse.state();
  }
  const keys = (await gem.control.worlds()).map(({ key }) => key);
  expect(keys.length).toBeLessThan(40);
  expect(keys).toEqual(expect.arrayContaining([gem.apiKey, inUse.key, '59'.padStart(40, 'W')]));
  expect(keys).not.toContain(idle.key);
  expect(said[0]).toMatch(
    /^\d+ worlds? w(as|ere) dropped that nobody had asked for longest, to keep all within 3 MB/,
  );
  expect(said.join()).not.toMatch(/W{10}/);
});

test('what a world holds of its own counts, be it written, imported or forked', async () => {
  const { world } = await startGem();
  const worlds = new Worlds({
    clock: fixedClock('2026-11-20T08:00:00Z'),
    url: 'http://gem.test',
    unknownKeys: 'fork',
    defaults: { ...world.recipe, switches: world.unnotedSwitches },
  });
  const [one, other, third] = ['1', '2', '3'].map((letter) => letter.repeat(40));
  const written = worlds.create(one ?? '');
  expect(written.bytes).toBeLessThan(megabyte);
  const set = { candidate_id: world.store.records().candidates[0]?.id, content: 'A'.repeat(4 * megabyte) };
  applyEdits(written, [{ do: 'create', resource: 'attachments', set }]);
  expect(written.bytes).toBeGreaterThan(4 * megabyte);
  expect(openSnapshot(worlds, other ?? '', takeSnapshot(written)).bytes).toBeGreaterThan(4 * megabyte);
  expect(worlds.fork(third ?? '', written).bytes).toBeGreaterThan(4 * megabyte);
  written.reset();
  expect(written.bytes).toBeLessThan(megabyte);
});

test('a world that takes more than all may is written to no more, until it is reset', async () => {
  const gem = await startGem({ worldBytes: 2 * megabyte });
  const world = await gem.control.world();
  const [candidate] = (await world.records('candidates')).records;
  const [user] = (await world.records('users')).records;
  const path = `/ats/v0/candidates/${candidate?.id}`;
  const write = (content: string) =>
    ask(gem, `${path}/attachments`, {
      method: 'POST',
      body: { user_id: user?.id, filename: 'cv.pdf', type: 'resume', content },
    });
  expect((await write('AAAA'.repeat(megabyte))).status).toBe(201);
  expect(await write('AAAA')).toMatchObject({
    status: 413,
    text: expect.stringContaining('more than 2 MB'),
  });
  await expect(world.edit({ do: 'create', resource: 'jobs' })).rejects.toThrow('reset it');
  expect((await ask(gem, path)).status).toBe(200);
  await world.reset();
  expect((await write('AAAA')).status).toBe(201);
});

test('a world holds a thousand faults and no more', async () => {
  const gem = await startGem();
  for (let count = 0; count < maxArmed; count += 1)
    gem.world.faults.arm({ fault: 'status', status: 500, match: { path: '/no' } });
  const arm = async () => (await gem.control.world()).faults.arm({ fault: 'status', status: 500 });
  await expect(arm()).rejects.toThrow('disarm those that are done with');
  gem.world.faults.clear();
  await arm();
});

law.prop([
  fc.array(fc.nat({ max: 3000 }), { maxLength: 60 }),
  fc.integer({ min: 1, max: 20 }),
  fc.integer({ min: 1, max: 40_000 }),
])(
  'a log holds the newest requests, no more than it may by number and by bytes, and the numbers go on',
  (sizes, size, bytes) => {
    const log = new RequestLog(size, bytes);
    for (const length of sizes) log.add({ ...plain, body: 'x'.repeat(length) });
    const numbers = log.entries().map(({ number }) => number);
    expect(log.count).toBe(sizes.length);
    expect(numbers).toEqual(sizes.map((_, index) => index + 1).slice(sizes.length - numbers.length));
    expect(numbers.length).toBeLessThanOrEqual(size);
    expect(numbers.length <= 1 || log.bytes <= bytes).toBe(true);
    expect(numbers.length).toBeGreaterThanOrEqual(Math.min(1, sizes.length));
  },
);

const plain = {
  at: '2026-11-16T09:00:00.000Z',
  operation: null,
  method: 'POST',
  path: '/',
  query: {},
  status: 200,
  answer: null,
  milliseconds: 1,
  faults: [],
  assumptions: [],
  tolerated: [],
};
