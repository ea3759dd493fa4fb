// What happens in worlds, as it happens.
import { get, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { controlDescription } from '../../../contracts/control.ts';
import { createValidator } from '../../../contracts/validator.ts';
import { maxHeld } from '../../../mock-server/world/event-log.ts';
import { isBroad } from '../../support/deep.ts';
import { readEvents } from '../../support/events.ts';
import { startGem } from '../../support/gem.ts';
import { ask, createNewcomer, living } from '../faults/support.ts';

const ofWorld = '/_control/worlds/default/events';
const validator = createValidator(controlDescription, { unknownFields: 'refuse' });

describe('a stream tells', () => {
  test('of each request, and of what it changed', async () => {
    const gem = await startGem();
    const events = await readEvents(gem.url + ofWorld);
    await ask(gem, '/ats/v0/jobs/?per_page=1');
    expect((await events.next('request')).data).toMatchObject({
      world: gem.world.id,
      request: { number: 1, operation: 'listJobs', status: 200, query: { per_page: '1' } },
    });
    await createNewcomer(gem);
    const { data: change } = await events.next('change');
    expect(change).toMatchObject({
      cause: { by: 'request', request: 2, operation: 'createCandidate' },
      count: 2,
      records: [
        { resource: 'candidates', what: 'created' },
        { resource: 'applications', what: 'created' },
      ],
    });
    expect((await events.next('request')).data.request.number).toBe(2);
  });

  test('of edits, recruiters at work and plans, and nothing of what was taken back', async () => {
    const gem = await startGem();
    const world = await gem.control.world();
    const events = await readEvents(gem.url + ofWorld);
    const job = living(gem, 'jobs').find(({ status }) => status === 'open');
    const close = { do: 'close', resource: 'jobs', record: job?.id ?? '' } as const;
    await expect(world.edit(close, { ...close, record: 'nope' })).rejects.toThrow('nope');
    await world.edit(close);
    expect((await events.next('change')).data).toMatchObject({
      cause: { by: 'edit', edits: ['close'] },
      records: expect.arrayContaining([{ resource: 'jobs', id: job?.id, what: 'changed' }]),
    });
    await world.simulation.play(1);
    expect((await events.next('change')).data.cause).toMatchObject({ by: 'simulation' });
    await world.timeline.add({ in: '1 hour', edit: { do: 'create', resource: 'offices' } });
    await world.clock.advance('2 hours');
    expect((await events.next('change')).data).toMatchObject({
      cause: { by: 'timeline', edits: ['create'] },
      records: [{ resource: 'offices', what: 'created' }],
    });
  });

  test.runIf(isBroad)('of what falls due while nobody asks the world for anything', async () => {
    const gem = await startGem();
    const events = await readEvents(gem.url + ofWorld);
    const all = await readEvents(`${gem.url}/_control/events`);
    // Behind its back, as if its time had come by itself.
    gem.world.timeline.add({ at: '2020-01-01T00:00:00Z', edit: { do: 'create', resource: 'offices' } });
    const cause = { by: 'timeline', edits: ['create'] };
    expect((await events.next('change')).data.cause).toMatchObject(cause);
    expect((await all.next('change')).data.cause).toMatchObject(cause);
  });

  test('of the clock, of faults and of the world itself', async () => {
    const gem = await startGem();
    const world = await gem.control.world();
    const events = await readEvents(gem.url + ofWorld);
    await world.clock.set('2026-12-01T00:00:00Z');
    await world.clock.freeze();
    await events.next('clock');
    expect((await events.next('clock')).data.clock).toMatchObject({ state: 'frozen' });
    const { id } = await world.faults.arm({ fault: 'status', status: 503 });
    await ask(gem, '/ats/v0/jobs/');
    await world.faults.disarm(id);
    const faults = [await events.next('fault'), await events.next('fault'), await events.next('fault')];
    expect(faults.map(({ data: { what, struck, kind } }) => [what, struck, kind])).toEqual([
      ['armed', 0, 'status'],
      ['struck', 1, 'status'],
      ['removed', 1, 'status'],
    ]);
    await world.choose({ rate_limit: 'off' });
    expect((await events.next('world')).data).toMatchObject({ what: 'switched' });
    await world.reset();
    expect((await events.next('world')).data).toMatchObject({ what: 'reset', how: 'scenario' });
    await world.import(await world.export());
    expect((await events.next('world')).data).toMatchObject({ what: 'reset', how: 'snapshot' });
  });

  test('of all worlds at once, those that come and go too', async () => {
    const gem = await startGem();
    const events = await readEvents(`${gem.url}/_control/events`);
    const world = await gem.control.openWorld();
    const fork = await world.fork();
    await world.drop();
    const seen = [await events.next('world'), await events.next('world'), await events.next('world')];
    expect(seen.map(({ data: { world: id, what, how } }) => [id, what, how])).toEqual([
      [world.id, 'made', 'scenario'],
      [fork.id, 'made', 'fork'],
      [world.id, 'dropped', undefined],
    ]);
  });

  test('of what no other event tells: logs, plans, marks, recruiters and snapshots', async () => {
    const gem = await startGem();
    const world = await gem.control.openWorld();
    const events = await readEvents(`${gem.url}/_control/events`);
    await world.timeline.add({ in: '1 hour', edit: { do: 'create', resource: 'offices' } });
    await world.mark('before');
    await world.simulation.start(1);
    await world.simulation.stop();
    await world.requests.clear();
    await gem.control.call('saveSnapshot', { path: { snapshot: 'kept' }, body: { world: world.id } });
    await gem.control.call('deleteSnapshot', { path: { snapshot: 'kept' } });
    await gem.control.call('clearUnknownKeyRequests');
    const seen = [];
    while (seen.length < 8) seen.push((await events.next('control')).data);
    for (const event of seen) expect(validator.schema('WorldEvent', event)).toEqual([]);
    expect(seen.map(({ operation, world: id }) => [operation, id])).toEqual([
      ['addToTimeline', world.id],
      ['markState', world.id],
      ['startSimulation', world.id],
      ['stopSimulation', world.id],
      ['clearRequests', world.id],
      ['saveSnapshot', undefined],
      ['deleteSnapshot', undefined],
      ['clearUnknownKeyRequests', undefined],
    ]);
  });

  test('of requests without a known key, beside all worlds alone', async () => {
    const gem = await startGem();
    const events = await readEvents(`${gem.url}/_control/events`);
    const ofFirst = await readEvents(gem.url + ofWorld);
    await fetch(`${gem.url}/ats/v0/jobs/?per_page=1`);
    await ask(gem, '/ats/v0/users/');
    const { data } = await events.next('unknown_key_request');
    expect(validator.schema('WorldEvent', data)).toEqual([]);
    expect(data).toMatchObject({ request: { number: 1, path: '/ats/v0/jobs/', status: 403 } });
    expect(data).not.toHaveProperty('world');
    expect((await ofFirst.next('request')).data.request.path).toBe('/ats/v0/users/');
  });

  test('only what its world is about, and ends with it', async () => {
    const gem = await startGem();
    const world = await gem.control.openWorld();
    const events = await readEvents(`${gem.url}/_control/worlds/${world.id}/events`);
    await ask(gem, '/ats/v0/jobs/');
    await world.fetch('/ats/v0/users/');
    await world.drop();
    const told = (await events.rest()).map(({ data }) => data);
    expect(told.map(({ type }) => type)).toEqual(['request', 'world']);
    for (const event of told) expect(validator.schema('WorldEvent', event)).toEqual([]);
  });
});

describe('who comes back', () => {
  test('is told what was missed, and nothing twice', async () => {
    const gem = await startGem();
    const first = await readEvents(gem.url + ofWorld);
    for (let asked = 0; asked < 3; asked += 1) await ask(gem, '/ats/v0/jobs/?per_page=1');
    const { id } = await first.next('request');
    const again = await readEvents(gem.url + ofWorld, { 'Last-Event-ID': id });
    expect((await again.next('request')).data.request.number).toBe(2);
    const inTheAddress = await readEvents(`${gem.url}${ofWorld}?after=${id}&wait=false`);
    expect((await inTheAddress.rest()).length).toBe(2);
  });

  test('after too long is told that something is missing', async () => {
    const gem = await startGem();
    const first = await readEvents(gem.url + ofWorld);
    for (let told = 0; told <= maxHeld; told += 1) gem.world.tell({ type: 'world', what: 'switched' });
    const again = await readEvents(`${gem.url}${ofWorld}?after=${first.start}&wait=false`);
    const [only] = await again.rest();
    expect(only?.data).toEqual({ type: 'reset', reason: 'forgotten' });
    const next = await readEvents(`${gem.url}${ofWorld}?after=${only?.id}&wait=false`);
    expect(await next.rest()).toEqual([]);
  });

  test('to a server that was started anew is told so', async () => {
    const gem = await startGem();
    const events = await readEvents(`${gem.url}${ofWorld}?after=k2x9-12`);
    expect((await events.next('reset')).data.reason).toBe('restarted');
    await ask(gem, '/ats/v0/jobs/');
    expect((await events.next('request')).data.request.number).toBe(1);
  });
});

test.runIf(isBroad)(
  'a client that reads nothing costs a bounded amount of memory, and is told what it missed',
  async () => {
    const gem = await startGem();
    const slow = get(gem.url + ofWorld);
    const [response] = (await once(slow, 'response')) as [IncomingMessage];
    response.pause();
    for (let round = 0; round < 200; round += 1) {
      for (let told = 0; told < 100; told += 1)
        gem.world.tell({ type: 'clock', clock: { now: 'x'.repeat(1000), state: 'frozen' } });
      await ask(gem, '/ats/v0/offices/');
    }
    let [bytes, text] = [0, ''];
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      text = (text + chunk.toString()).slice(-2000);
    });
    response.resume();
    while (!text.includes('"forgotten"')) await once(response, 'data');
    // Twenty megabytes were told in all.
    expect(bytes).toBeLessThan(12_000_000);
    slow.destroy();
  },
);

test('streams end when the server stops', async () => {
  const gem = await startGem();
  const events = await readEvents(gem.url + ofWorld);
  await ask(gem, '/ats/v0/jobs/');
  await gem.close();
  expect((await events.rest()).map(({ data }) => data.type)).toEqual(['request']);
});

test('who asks for the head alone gets no stream', async () => {
  const gem = await startGem();
  const { status, headers } = await fetch(gem.url + ofWorld, { method: 'HEAD' });
  expect([status, headers.get('content-type')]).toEqual([200, 'text/event-stream']);
});
