// What takes long is done beside the requests of others, or a moment at a time.
import { syncBuiltinESMExports } from 'node:module';
import { connect } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { setTimeout } from 'node:timers/promises';
import v8 from 'node:v8';
import type { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { MockGem } from '../../../mock-server/server.ts';
import { isBroad } from '../../support/deep.ts';
import { startGem } from '../../support/gem.ts';
import { ask } from '../faults/support.ts';

test('a large scenario is built apart, once however its numbers are told, and is the same as any other', async () => {
  const gem = await startGem();
  const other = await gem.control.openWorld();
  const making = gem.control.openWorld({ scenario: 'large', parameters: { candidates: 400 } });
  const pending = Symbol('pending');
  let answered = 0;
  while ((await Promise.race([making, Promise.resolve(pending)])) === pending) {
    expect((await ask(gem, '/ats/v0/jobs/', { key: other.key })).status).toBe(200);
    answered += 1;
    await setTimeout(3);
  }
  // As long as it takes, others are answered.
  expect(answered).toBeGreaterThan(3);
  const made = await making;
  const again = await gem.control.openWorld({ scenario: 'large', parameters: { candidates: '400' } });
  const [one, two] = [await made.export(), await again.export()];
  expect(one.records.candidates).toHaveLength(400);
  expect(two.records).toEqual(one.records);
  const direct = gem.createWorld('D'.repeat(40), { scenario: 'large', parameters: { candidates: 400 } });
  expect(direct.store.records()).toEqual(one.records);
  await made.edit({ do: 'create', resource: 'candidates' });
  expect((await again.export()).records.candidates).toHaveLength(400);
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

test('whoever asks while many edits are made finds none of them or all; other worlds are asked in between', async () => {
  const gem = await startGem();
  const [world, other] = [await gem.control.openWorld(), await gem.control.openWorld()];
  const { records } = await world.state();
  const editing = post(gem, world.key, 'edits', { edits: manyCandidates(700) });
  const seen = new Set<number>();
  let answered = 0;
  for (let isDone = false; !isDone;) {
    const ended = editing.then(() => true);
    isDone = await Promise.race([ended, ask(gem, '/ats/v0/jobs/', { key: other.key }).then(() => false)]);
    answered += isDone ? 0 : 1;
    await setTimeout(3);
    void world.state().then((state) => seen.add(state.records['candidates'] ?? NaN));
  }
  expect((await editing).status).toBe(200);
  await world.state();
  expect(answered).toBeGreaterThan(1);
  const before = records['candidates'] ?? NaN;
  expect([...seen].filter((count) => count !== before && count !== before + 700)).toEqual([]);
});

test.each(['before', 'after'] as const)(
  'a fault makes many edits a moment at a time, and all of them %s the request is answered',
  async (when) => {
    const gem = await startGem();
    const [world, other] = [await gem.control.openWorld(), await gem.control.openWorld()];
    const before = (await world.state()).records['candidates'] ?? NaN;
    await world.faults.arm({ fault: 'edit', when, edits: manyCandidates(700) });
    const met = ask(gem, '/ats/v0/jobs/', { key: world.key });
    let answered = 0;
    for (let isDone = false; !isDone; answered += isDone ? 0 : 1) {
      const ended = met.then(() => true);
      isDone = await Promise.race([ended, ask(gem, '/ats/v0/jobs/', { key: other.key }).then(() => false)]);
      await setTimeout(3);
    }
    expect((await met).status).toBe(200);
    expect(answered).toBeGreaterThan(1);
    expect((await world.state()).records['candidates']).toBe(before + 700);
  },
);

test('of the edits of a fault nothing is left when the world begins anew meanwhile', async () => {
  const gem = await startGem();
  const world = await gem.control.world();
  const { records } = await world.state();
  await world.faults.arm({ fault: 'edit', edits: manyCandidates(5000) });
  const met = ask(gem, '/ats/v0/jobs/');
  // Over the control API the faults would be listed once the edits are made.
  await expect.poll(() => gem.world.faults.list()[0]?.struck, { interval: 1 }).toBe(1);
  await world.reset();
  expect((await met).status).toBe(503);
  expect((await world.state()).records).toEqual(records);
});

test('of many edits nothing is left when one cannot be, or when the world begins anew meanwhile', async () => {
  const gem = await startGem();
  const world = await gem.control.openWorld();
  const { records } = await world.state();
  const wrong = { do: 'delete', resource: 'candidates', record: 'nobody' } as const;
  await expect(world.edit(...manyCandidates(300), wrong)).rejects.toThrow('body.edits.300.record');
  expect((await world.state()).records).toEqual(records);
  const edits = world.edit(...manyCandidates(5000));
  await Promise.all([expect(edits).rejects.toThrow('refused with 409: The world began anew'), world.reset()]);
  expect((await world.state()).records).toEqual(records);
  const more = world.edit(...manyCandidates(5000));
  await Promise.all([
    expect(more).rejects.toThrow('refused with 409: The world began anew, or was dropped'),
    world.drop(),
  ]);
});

test('a large world is sent and taken in piece by piece, is refused as a small one is, and others are answered', async () => {
  const gem = await startGem();
  const parameters = { candidates: 200 };
  const [world, other] = [
    await gem.control.openWorld({ scenario: 'large', parameters, clock: { frozen: true } }),
    await gem.control.openWorld(),
  ];
  await world.edit(...manyCandidates(300));
  const sent = await fetch(`${gem.url}/_control/worlds/${world.key}/export`);
  const text = await sent.text();
  // It is on its way before its length is known.
  expect(sent.headers.get('content-length')).toBeNull();
  expect(text).toBe(JSON.stringify(await world.export()));
  const [copy, broken] = ['C'.repeat(40), text.replace('"first_name":', '"first_nam":')];
  const taking = put(gem, copy, text);
  const refusing = put(gem, copy, broken);
  let answered = 0;
  for (let isDone = false; !isDone; answered += isDone ? 0 : 1) {
    const both = Promise.all([taking, refusing]).then(() => true);
    isDone = await Promise.race([both, ask(gem, '/ats/v0/jobs/', { key: other.key }).then(() => false)]);
    await setTimeout(3);
  }
  expect(answered).toBeGreaterThan(3);
  expect((await taking).status).toBe(200);
  expect(await (await fetch(`${gem.url}/_control/worlds/${copy}/export`)).text()).toBe(text);
  expect((await refusing).status).toBe(422);
  expect(await (await refusing).text()).toContain('\\"first_name\\" is missing');
});

/** The threads that live, from now to the end of the test. */
function watchThreads(): ReadonlySet<Worker> {
  const threads = new Set<Worker>();
  const noticed = (thread: Worker) => void threads.add(thread.once('exit', () => threads.delete(thread)));
  process.on('worker', noticed);
  onTestFinished(() => void process.off('worker', noticed));
  return threads;
}

test('a large body that breaks off leaves no thread behind', async () => {
  const gem = await startGem();
  const threads = watchThreads();
  const { hostname, port } = new URL(gem.url);
  const head = `PUT /_control/worlds/${'B'.repeat(40)}/import HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n`;
  const socket = connect(Number(port), hostname);
  socket.write(`${head}Content-Length: 2000000\r\n\r\n${'['.repeat(1_500_000)}`);
  await vi.waitFor(() => expect(threads.size).toBe(1), { timeout: 30_000 });
  socket.destroy();
  await vi.waitFor(() => expect(threads.size).toBe(0), { timeout: 30_000 });
});

// A quarter of a gigabyte has to be unpacked before it is known.
test.runIf(isBroad)('a body that is too large leaves no thread behind', async () => {
  const gem = await startGem();
  const threads = watchThreads();
  const zipped = gzipSync('['.repeat(270_000_000), { level: 1 });
  const refused = await put(gem, 'B'.repeat(40), zipped, { 'Content-Encoding': 'gzip' });
  expect(refused.status).toBe(413);
  await vi.waitFor(() => expect(threads.size).toBe(0), { timeout: 30_000 });
});

test('a large world is given out and taken in by the same process a moment at a time, and held against the same', async () => {
  const gem = await startGem();
  const parameters = { candidates: 250 };
  const [world, other] = [
    await gem.control.openWorld({ scenario: 'large', parameters, clock: { frozen: true } }),
    await gem.control.openWorld(),
  ];
  const document = await world.export();
  const broken = structuredClone(document);
  Object.assign(broken.records.candidates.at(-1) ?? {}, { first_name: 1 });
  const importing = Promise.all([other.import(document), refusalOf(world.import(broken))]);
  let answered = 0;
  for (let isDone = false; !isDone; answered += isDone ? 0 : 1) {
    const both = importing.then(() => true);
    isDone = await Promise.race([both, ask(gem, '/ats/v0/jobs/').then(() => false)]);
    await setTimeout(3);
  }
  expect(answered).toBeGreaterThan(3);
  expect((await other.export()).records).toEqual(document.records);
  expect((await importing)[1]).toContain('first_name has to be');
});

async function refusalOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'it was taken',
    (error: unknown) => String(error),
  );
}

test('bodies of the control API may be compressed; what is not known is told so', async () => {
  const gem = await startGem();
  const body = JSON.stringify({ edits: manyCandidates(2) });
  for (const [coding, bytes, status] of [
    ['gzip', gzipSync(body), 200],
    ['deflate', deflateSync(body), 200],
    ['br', brotliCompressSync(body), 200],
    ['gzip', Buffer.from(body), 400],
    ['zip', Buffer.from(body), 415],
  ] as const) {
    expect((await post(gem, gem.apiKey, 'edits', bytes, { 'Content-Encoding': coding })).status).toBe(status);
  }
});

test('a long text is parsed where it is built, and what is wrong with its parameters is told as everywhere', async () => {
  const gem = await startGem();
  const document = `purpose: a\n# ${'x'.repeat(20_000)}\n`;
  await expect(gem.control.openWorld({ document, parameters: { people: 3 } })).rejects.toThrow(
    'body.parameters: there is no parameter "people"; the scenario has none',
  );
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

function manyCandidates(count: number) {
  return Array.from({ length: count }, () => ({ do: 'create', resource: 'candidates' }) as const);
}

function post(
  gem: MockGem,
  world: string,
  what: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${gem.url}/_control/worlds/${world}/${what}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body),
  });
}

function put(
  gem: MockGem,
  world: string,
  body: string | Buffer<ArrayBuffer>,
  headers = {},
): Promise<Response> {
  return fetch(`${gem.url}/_control/worlds/${world}/import`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', ...headers },
    body,
  });
}
