// What a world remembers of the requests to it.
import { describe, expect, test } from 'vitest';
import { fixedClock } from '../../../contracts/clock.ts';
import { startGem } from '../../support/gem.ts';
import { ask, createNewcomer, lastRequest, living, newcomer } from '../faults/support.ts';

const now = '2026-11-20T08:00:00.000Z';

test('a world tells how many requests came in the last minute', async () => {
  let time = Date.parse(now);
  const gem = await startGem({ clock: { now: () => time } });
  const world = await gem.control.world();
  const rate = async () => (await world.state()).requests_per_minute;
  expect(await rate()).toBe(0);
  for (let asked = 0; asked < 3; asked += 1) await ask(gem, '/ats/v0/jobs/?per_page=1');
  time += 30_000;
  await ask(gem, '/ats/v0/jobs/?per_page=1');
  expect(await rate()).toBe(4);
  time += 31_000;
  expect(await rate()).toBe(1);
  time += 86_400_000;
  expect(await rate()).toBe(0);
});

describe('the log', () => {
  test('tells who asked for what, and what became of it', async () => {
    const gem = await startGem({ clock: fixedClock(now) });
    await ask(gem, '/ats/v0/jobs/?per_page=1&status=open');
    expect(lastRequest(gem)).toEqual({
      number: 1,
      at: now,
      operation: 'listJobs',
      method: 'GET',
      path: '/ats/v0/jobs/',
      query: { per_page: '1', status: 'open' },
      body: null,
      status: 200,
      answer: null,
      milliseconds: expect.any(Number),
      faults: [],
      assumptions: [],
      tolerated: [],
    });
    const { text } = await createNewcomer(gem);
    expect(lastRequest(gem)).toMatchObject({
      number: 2,
      operation: 'createCandidate',
      body: newcomer,
      status: 201,
      answer: JSON.parse(text),
    });
  });

  test.each([
    ['a body that does not fit', { method: 'POST', body: { first_name: 1 } }, 422],
    ['a body that is no JSON', { method: 'POST', body: '{' }, 400],
    ['a body of another type', { method: 'POST', body: 'a', headers: { 'Content-Type': 'text/plain' } }, 415],
    ['a body without end', { method: 'POST', body: { first_name: 'x'.repeat(10 * 1024 * 1024) } }, 413],
    ['a method that the path has not', { method: 'DELETE' }, 405],
    ['another secret', { headers: { 'X-Application-Secret': 'wrong' } }, 403],
  ])('remembers %s', async (_what, asking, status) => {
    const gem = await startGem();
    const seen = await ask(gem, '/ats/v0/candidates/', asking);
    expect(seen.status).toBe(status);
    expect(lastRequest(gem)).toMatchObject({
      path: '/ats/v0/candidates/',
      status,
      answer: JSON.parse(seen.text),
    });
  });

  test('remembers what the rate limit refuses, and paths that lead nowhere', async () => {
    const gem = await startGem({
      clock: fixedClock(now),
      switches: { rate_limit: { per_second: 1, burst: 1 } },
    });
    await ask(gem, '/ats/v0/nonsense');
    await ask(gem, '/ats/v0/jobs');
    expect(gem.world.log.entries()).toMatchObject([
      { operation: null, path: '/ats/v0/nonsense', status: 404 },
      { operation: 'listJobs', status: 429, answer: { message: 'Too Many Requests' } },
    ]);
  });

  test('holds neither keys nor secrets, of strangers neither', async () => {
    const gem = await startGem({ unknownKeys: 'refuse' });
    const unknownKey = 'AKeyOfNobodyAKeyOfNobodyAKeyOfNobodyAKe1';
    const secrets = [gem.applicationSecret, 'NoSuchSecret'];
    for (const key of [gem.apiKey, unknownKey]) {
      for (const secret of secrets) {
        const headers = { 'X-Application-Secret': secret, Authorization: `Basic ${secret}`, Cookie: secret };
        await ask(gem, '/ats/v0/jobs/?per_page=1', { key, headers });
        await ask(gem, '/ats/v0/candidates/', { key, method: 'POST', body: newcomer, headers });
        await ask(gem, '/ats/v0/nonsense', { key, headers });
      }
    }
    const strangers = await ask(gem, '/_control/requests');
    const kept = JSON.stringify(gem.world.log.entries()) + strangers.text;
    expect([gem.world.log.count, JSON.parse(strangers.text)]).toMatchObject([6, { count: 6 }]);
    for (const secret of [gem.apiKey, unknownKey, ...secrets]) expect(kept).not.toContain(secret);
  });

  test('is bounded: the oldest make room, and the numbers go on', async () => {
    const gem = await startGem({ logSize: 3 });
    for (let asked = 1; asked <= 5; asked += 1) await ask(gem, `/ats/v0/jobs/?page=${asked}`);
    expect(gem.world.log.count).toBe(5);
    expect(gem.world.log.entries().map(({ number, query }) => [number, query['page']])).toEqual([
      [3, '3'],
      [4, '4'],
      [5, '5'],
    ]);
    expect(gem.world.log.find({ page: 2 }).count).toBe(0);
    gem.world.log.clear();
    await ask(gem, '/ats/v0/jobs/');
    expect(lastRequest(gem).number).toBe(1);
  });

  test('keeps the beginning of a file, and its length', async () => {
    const gem = await startGem();
    const [user] = living(gem, 'users');
    const [candidate] = living(gem, 'candidates');
    const content = Buffer.alloc(3_000_000, 'x').toString('base64');
    const body = { user_id: user?.id, filename: 'cv.pdf', type: 'resume', content };
    const path = `/ats/v0/candidates/${candidate?.id}/attachments`;
    expect((await ask(gem, path, { method: 'POST', body })).status).toBe(201);
    expect(lastRequest(gem).body).toEqual({
      ...body,
      content: expect.stringMatching(/^eHh4.{60}… \(4000000 characters\)$/),
    });
  });

  test('shows what was sent, however a lenient world mended it', async () => {
    const gem = await startGem({ switches: { checking: 'lenient' } });
    const sent = { middle_name: 'B.', email_addresses: [{ value: 'x', kind: 'y' }] };
    expect((await createNewcomer(gem, sent)).status).toBe(201);
    expect(lastRequest(gem).body).toMatchObject({ ...newcomer, ...sent });
    expect(lastRequest(gem).tolerated.length).toBeGreaterThan(0);
  });
});
