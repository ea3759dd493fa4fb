// Searching the log as a person types.
import { beforeAll, describe, expect, test } from 'vitest';
import { keptBytes, longestBody } from '../../../mock-server/requests/kept-exchange.ts';
import { searchLog } from '../../../mock-server/requests/search.ts';
import { refusalOf } from '../control/steering.ts';
import { startGem, useGem } from '../../support/gem.ts';
import { ask, living } from '../faults/support.ts';

describe('the log is searched', () => {
  const gem = useGem({ worldClock: { state: 'frozen', now: '2026-11-16T08:30:00.000Z' } });

  beforeAll(async () => {
    const { world } = gem();
    await ask(gem(), '/ats/v0/jobs/?per_page=3');
    await ask(gem(), '/ats/v0/candidates/', { method: 'POST', body: { first_name: 'Ada Byron' } });
    await ask(gem(), '/ats/v0/nowhere');
    world.clock.set(Date.parse('2026-11-16T09:15:00Z'));
    world.faults.arm({ fault: 'status', status: 503, match: { operation: 'listJobs' } });
    await ask(gem(), '/ats/v0/jobs/');
    world.faults.arm({ fault: 'connection_reset', match: { operation: 'listUsers' } });
    await ask(gem(), '/ats/v0/users/').catch(() => undefined);
    await ask(gem(), `/ats/v0/users/${living(gem(), 'users')[0]?.id}`);
  });

  test.each([
    ['', [6, 5, 4, 3, 2, 1]],
    ['status:4xx', [3, 2]],
    ['status:503', [4]],
    ['status:none', [5]],
    ['-status:2xx', [5, 4, 3, 2]],
    ['op:listJobs', [4, 1]],
    ['op:users', [5]],
    ['op:user', [6, 5]],
    ['method:post', [2]],
    ['path:/ats/v0/jobs', [4, 1]],
    ['path:/ats/v0/users/*', [6]],
    ['path:cand', [2]],
    ['after:09:00', [6, 5, 4]],
    ['before:9:00', [3, 2, 1]],
    ['after:2026-11-16T09:20:00Z', []],
    ['fault:', [5, 4]],
    ['fault: -status:none', [4]],
    ['fault:fault-1', [4]],
    ['fault:connection_reset', [5]],
    ['"ada byron"', [2]],
    ['ADA method:POST', [2]],
    ['"ada', [2]],
    ['ada status:2xx', []],
    ['per_page', []],
    ['number:3', [3]],
    ['slower:600000', []],
  ])('%s', async (text, numbers) => {
    const { requests, total } = await search(text);
    expect([requests.map(({ number }) => number), total]).toEqual([numbers, numbers.length]);
  });

  test('in what was answered to a read, too', async () => {
    const [user] = living(gem(), 'users');
    expect((await search(`"${user?.primary_email_address}"`)).requests.map(({ number }) => number)).toContain(
      6,
    );
  });

  test('page by page, the newest first', async () => {
    const first = await search('', { per_page: 4 });
    expect([first.requests.map(({ number }) => number), first.next, first.total]).toEqual([
      [6, 5, 4, 3],
      3,
      6,
    ]);
    const second = await search('', { per_page: 4, before: 3 });
    expect([second.requests.map(({ number }) => number), second.next]).toEqual([[2, 1], null]);
  });

  test.each([
    ['stauts:404', /did you mean "status:"/],
    ['status:abc', /a status is like 404/],
    ['op:listJbos', /did you mean "listJobs"/],
    ['after:noon', /a time is like 09:00/],
    ['slower:', /wants a number/],
    ['constructor:x', /no operator is called "constructor:"/],
    ['__proto__:x', /no operator is called "__proto__:"/],
  ])('%s is refused, with advice', async (text, words) => {
    const { status, problems } = await refusalOf(search(text));
    expect([status, problems]).toEqual([422, [{ path: 'query.q', message: expect.stringMatching(words) }]]);
  });

  function search(q: string, page: { before?: number; per_page?: number } = {}) {
    return gem().control.call('searchRequests', { path: { world: 'default' }, query: { q, ...page } });
  }
});

test('ten thousand requests are searched in a moment', async () => {
  const gem = await startGem({ logSize: 10_000 });
  const { log } = gem.world;
  await ask(gem, '/ats/v0/jobs/?per_page=1');
  const [first] = log.remembered();
  if (!first) throw new Error('nothing was remembered');
  for (let added = 0; added < 10_000; added += 1)
    log.add({ ...first.entry, path: `/x/${added}` }, first.kept);
  const started = process.cpuUsage();
  const found = await gem.control.call('searchRequests', {
    path: { world: 'default' },
    query: { q: '"no such text" -status:4xx' },
  });
  // Far more than it takes; time on the clock would say more about what else the machine does.
  expect([found.total, process.cpuUsage(started).user < 1_000_000]).toEqual([0, true]);
});

test('what is forgotten of a request is found no more, also where it was found before', async () => {
  const gem = await startGem();
  const { log } = gem.world;
  await ask(gem, '/ats/v0/users/?per_page=1');
  const [first] = log.remembered();
  if (!first?.kept?.answer) throw new Error('nothing was remembered');
  const found = async () => (await (await gem.control.world()).requests.search('"per page is told"')).total;
  const { kept } = first;
  const { answer } = first.kept;
  const answerOf = (body: Buffer) => ({ ...kept, answer: { ...answer, body, bytes: body.length } });
  log.add(first.entry, answerOf(Buffer.from('"Per page is told"')));
  const { bytes } = log;
  expect([await found(), log.bytes > bytes]).toEqual([1, true]);
  // The bodies of the newest ones take all the room that there is.
  const large = Buffer.alloc(longestBody, '-');
  for (let bytes = 0; bytes <= keptBytes; bytes += longestBody) log.add(first.entry, answerOf(large));
  expect([await found(), log.get(2)?.entry.path]).toEqual([0, '/ats/v0/users/']);
  log.clear();
  expect(log.bytes).toBe(0);
});

test('hundreds of words are looked for in large answers, and nobody else waits for that', async () => {
  const gem = await startGem();
  const { log } = gem.world;
  await ask(gem, '/ats/v0/jobs/?per_page=1');
  const [first] = log.remembered();
  if (!first?.kept?.answer) throw new Error('nothing was remembered');
  const words = Array.from({ length: 250 }, (_, index) => `w${String(index).padStart(2, '0')}`);
  const body = Buffer.from(`${'-'.repeat(200_000)}${words.join('-')}`);
  for (let added = 0; added < 30; added += 1)
    log.add(first.entry, { ...first.kept, answer: { ...first.kept.answer, body, bytes: body.length } });
  const search = { text: words.join(' '), before: Infinity, count: 1, today: '2026-11-16' };
  const steps = searchLog(log, search);
  let [longest, step] = [0, steps.next()];
  while (!step.done) {
    const started = process.cpuUsage();
    step = steps.next();
    longest = Math.max(longest, process.cpuUsage(started).user);
  }
  expect([step.value.total, longest < 500_000]).toEqual([30, true]);
});
