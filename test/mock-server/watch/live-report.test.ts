// `mock-gem watch --console`: an emulator is told what is seen while it is seen.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { readEvents } from '../../support/events.ts';
import { fixedClock } from '../../../contracts/clock.ts';
import { startGem, useGem } from '../../support/gem.ts';
import { departingGem, sending, watch } from './watched.ts';

const emulator = useGem({ scenario: 'default' });

/** A Gem whose jobs have a field too many. */
const zoned = () =>
  departingGem(emulator(), ({ body }, path) => {
    if (path.startsWith('/ats/v0/jobs/')) Object.assign((body as object[])[0] ?? {}, { zone: 'Bern' });
  });

test('departures are told as an event, with all that was seen before, and at last that it is over', async () => {
  const { call } = emulator().control;
  const events = await readEvents(`${emulator().url}/_control/events`);
  const watched = await watch(await zoned(), '--console', emulator().url);
  expect((await events.next('watch')).data).toMatchObject({ calls: 0, departures: 0 });
  await (await fetch(`${watched.url}/ats/v0/jobs/`)).text();
  expect((await events.next('watch')).data).toMatchObject({ calls: 1, departures: 1 });
  const { state, report } = await call('getWatch');
  expect(state).toBe('running');
  expect(report).toMatchObject({
    url: watched.url,
    is_emulator: false,
    calls: 1,
    mirror: null,
    departures: [{ operation: 'listJobs', about: 'answer', what: 'zone', got: 'string', times: 1 }],
  });
  await watched.stop();
  expect((await call('getWatch')).state).toBe('over');
});

test('a slow emulator gets one report at a time, and the last one last', async () => {
  const { url, most, paths } = await slowEmulator(emulator().url);
  const watched = await watch(await zoned(), '--console', url);
  while (paths.length < 5) await (await fetch(`${watched.url}/ats/v0/jobs/`)).text();
  await watched.stop();
  expect(most()).toBe(1);
  expect((await emulator().control.call('getWatch')).state).toBe('over');
});

test('what was learnt is a patch at any time, and what is told holds no value of anybody', async () => {
  const { call } = emulator().control;
  const world = await emulator().control.world();
  const watched = await watch(await zoned(), '--console', emulator().url, '--mirror', world.key);
  const [person] = (await world.records('candidates')).records;
  await (await fetch(`${watched.url}/ats/v0/sources/`)).text();
  await (
    await fetch(`${watched.url}/ats/v0/candidates/${person?.id ?? ''}`, sending('PATCH', { title: 'Boss' }))
  ).text();
  const { stderr } = await watched.stop();
  expect(stderr).toContain(`shows at ${emulator().url}/_console/watch`);
  const { report } = await call('getWatch');
  expect(report).toMatchObject({ calls: 2, mirror: { world: world.id, compared: 1, differing: 0 } });
  expect(report?.learnt).toContain('confirmed in the description:\n');
  const { patch } = await call('getWatchPatch');
  expect(patch).toContain('+++ b/contracts/gem.openapi.yaml');
  const told = JSON.stringify(report) + patch;
  expect([world.key, person?.id ?? '', 'Boss'].filter((value) => told.includes(value))).toEqual([]);
});

test('of an emulator nothing is learnt, and there is no patch', async () => {
  const { call } = emulator().control;
  const watched = await watch(emulator().url, '--console', emulator().url);
  await watched.stop();
  expect((await call('getWatch')).report).toMatchObject({ is_emulator: true, confirmed: [] });
  expect(await call('getWatchPatch')).toEqual({ patch: '' });
});

test('where no emulator is, that is told in one line, and nothing starts', async () => {
  const watched = await watch(emulator().url, '--console', 'http://127.0.0.1:9');
  const { code, stderr } = await watched.stop();
  expect(code).toBe(1);
  expect(stderr).toMatch(/^mock-gem: nothing answers at \S+; .*--console where it is\n$/);
});

test('a watch that is not heard of for a while is told to be silent', async () => {
  const clock = fixedClock('2026-06-01T00:00:00.000Z');
  const gem = await startGem({ clock });
  const { call } = gem.control;
  expect(await call('getWatch')).toEqual({ state: 'none', heard_at: null, report: null });
  const body = {
    subject: 'https://api.gem.com',
    url: 'http://127.0.0.1:4050',
    started_at: '2026-06-01T00:00:00.000Z',
    is_emulator: true,
    is_over: false,
    calls: 1,
    unread: 0,
    departures: [],
    mirror: null,
    learnt: '',
    confirmed: ['/paths/~1ats~1v0~1sources~1/get'],
  };
  await call('reportWatch', { body });
  clock.advance(15_000);
  expect((await call('getWatch')).state).toBe('running');
  clock.advance(1);
  expect((await call('getWatch')).state).toBe('silent');
  // Whatever it says: of an emulator nothing is learnt.
  expect(await call('getWatchPatch')).toEqual({ patch: '' });
});

/** An emulator that takes its time for each report, and how many it has had at once. */
async function slowEmulator(emulatorUrl: string) {
  const paths: string[] = [];
  let [now, most] = [0, 0];
  const server = createServer(async (request, response) => {
    const isReport = request.method === 'PUT';
    if (isReport) {
      paths.push(request.url ?? '');
      most = Math.max(most, (now += 1));
      // Longer than a watch leaves between two reports.
      await setTimeout(600);
    }
    const body = isReport ? await buffer(request) : undefined;
    const { method = 'GET', headers } = request;
    const answer = await fetch(`${emulatorUrl}${request.url}`, {
      method,
      headers: { 'Content-Type': headers['content-type'] ?? 'application/json' },
      ...(body && { body }),
    });
    if (isReport) now -= 1;
    response.writeHead(answer.status, { 'Content-Type': answer.headers.get('content-type') ?? '' });
    response.end(await answer.text());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, most: () => most, paths };
}
