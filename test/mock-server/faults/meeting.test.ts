// Which requests meet which faults, and in what order.
import { describe, expect, test } from 'vitest';
import { fixedClock } from '../../../contracts/clock.ts';
import { startMockGem } from '../../../mock-server/server.ts';
import { startGem } from '../../support/gem.ts';
import { ask, createNewcomer, hasNewcomer, lastRequest, living } from './support.ts';

const anotherKey = 'AnotherKeyAnotherKeyAnotherKeyAnotherK01';
const offices = '/ats/v0/offices/';

describe('several faults', () => {
  test('each may strike the same request, in the order in which they were armed', async () => {
    const gem = await startGem();
    gem.world.faults.arm({ fault: 'latency', milliseconds: 30 });
    gem.world.faults.arm({ fault: 'status', status: 503 });
    expect((await ask(gem, offices)).status).toBe(503);
    expect(lastRequest(gem)).toMatchObject({ faults: ['fault-1', 'fault-2'], status: 503 });
    expect(lastRequest(gem).milliseconds).toBeGreaterThan(25);
  });

  test('end with the first that answers; those behind it wait on', async () => {
    const gem = await startGem();
    gem.world.faults.arm({ fault: 'status', status: 503 });
    gem.world.faults.arm({ fault: 'latency', milliseconds: 30 });
    await ask(gem, offices);
    expect(gem.world.faults.list()).toMatchObject([{ spent: true }, { matched: 0, spent: false }]);
    await ask(gem, offices);
    expect(lastRequest(gem).faults).toEqual(['fault-2']);
  });

  test('that change the answer leave alone what one behind them did not answer', async () => {
    const gem = await startGem();
    gem.world.faults.arm({ fault: 'malformed_body' });
    gem.world.faults.arm({ fault: 'connection_reset', when: 'after' });
    const seen = await createNewcomer(gem);
    expect([seen.status, seen.error]).toEqual([undefined, 'ECONNRESET']);
    expect(lastRequest(gem)).toMatchObject({ faults: ['fault-1', 'fault-2'], status: null, answer: null });
    expect(hasNewcomer(gem)).toBe(true);
  });

  test('of two repeated pages, the nearer to the handler decides', async () => {
    const gem = await startGem();
    gem.world.faults.arm({ fault: 'page_repeated' });
    gem.world.faults.arm({ fault: 'page_repeated' });
    const seen = await ask(gem, `${offices}?per_page=1&page=3`);
    expect(seen.text).toBe((await ask(gem, `${offices}?per_page=1&page=2`)).text);
    expect(lastRequest(gem).faults).toEqual([]);
  });
});

describe('a fault', () => {
  test('meets requests of its own world only', async () => {
    const gem = await startGem();
    gem.world.faults.arm({ fault: 'status', status: 503, times: 'always' });
    expect((await ask(gem, offices, { key: anotherKey })).status).toBe(200);
    expect((await ask(gem, offices)).status).toBe(503);
  });

  test('does not meet what the gateway refuses', async () => {
    const gem = await startGem({
      clock: fixedClock('2026-11-20T08:00:00Z'),
      switches: { rate_limit: { per_second: 1, burst: 1 } },
    });
    gem.world.faults.arm({ fault: 'status', status: 503, times: 'always' });
    expect((await ask(gem, offices)).status).toBe(503);
    expect((await ask(gem, offices)).status).toBe(429);
    expect((await ask(gem, offices, { key: 'nonsense' })).status).toBe(403);
    expect(gem.world.faults.list()).toMatchObject([{ matched: 1 }]);
  });

  test.each([
    ['GET', '/ats/v0/nonsense/', 404],
    ['DELETE', '/ats/v0/jobs/', 405],
    ['GET', '/ats/v0/candidates/%E0%A4%A', 404],
  ])('meets %s %s, which no operation has', async (method, path, status) => {
    const gem = await startGem();
    expect((await ask(gem, path, { method })).status).toBe(status);
    expect(lastRequest(gem)).toMatchObject({ operation: null, status, path });
    gem.world.faults.arm({ fault: 'status', status: 502, match: { path: '/ats/v0/**' } });
    expect((await ask(gem, path, { method })).status).toBe(502);
  });

  test('meets a request whose body cannot be read, in its place', async () => {
    const gem = await startGem();
    gem.world.faults.arm({ fault: 'status', status: 502, match: { operation: 'createCandidate' } });
    const broken = { method: 'POST', body: '{"first_name":' };
    expect((await ask(gem, '/ats/v0/candidates/', broken)).status).toBe(502);
    expect((await ask(gem, '/ats/v0/candidates/', broken)).status).toBe(400);
  });

  test('is met by what it waits for in the body', async () => {
    const gem = await startGem();
    gem.world.faults.arm({ fault: 'connection_reset', match: { body: { first_name: 'Grace' } } });
    expect((await createNewcomer(gem)).status).toBe(201);
    const grace = await createNewcomer(gem, { first_name: 'Grace', email: 'grace@example.com' });
    expect(grace.status).toBeUndefined();
  });

  test('strikes no more once it is disarmed', async () => {
    const gem = await startGem();
    const { id } = gem.world.faults.arm({ fault: 'status', status: 503, times: 'always' });
    expect(gem.world.faults.disarm(id)).toBe(true);
    expect(gem.world.faults.disarm(id)).toBe(false);
    expect((await ask(gem, offices)).status).toBe(200);
    expect(gem.world.faults.list()).toEqual([]);
  });

  test('is gone when its world is reset, and ids begin anew', async () => {
    const gem = await startGem();
    gem.world.faults.arm({ fault: 'status', status: 503 });
    gem.world.reset();
    expect((await ask(gem, offices)).status).toBe(200);
    expect(gem.world.faults.arm({ fault: 'key_revoked' }).id).toBe('fault-1');
  });
});

test('a rate limit refills by the clock of the world', async () => {
  const clock = fixedClock('2026-11-20T08:00:00Z');
  const gem = await startGem({ clock });
  gem.world.faults.arm({ fault: 'rate_limit', per_second: 2, burst: 3, times: 'always' });
  const statuses = async (count: number) => {
    const seen = [];
    for (let asked = 0; asked < count; asked += 1) seen.push((await ask(gem, offices)).status);
    return seen;
  };
  expect(await statuses(5)).toEqual([200, 200, 200, 429, 429]);
  gem.world.clock.set(gem.world.clock.now() + 1000);
  expect(await statuses(3)).toEqual([200, 200, 429]);
  expect(gem.world.faults.list()).toMatchObject([{ matched: 8, struck: 3 }]);
});

test('a clock that goes wrong does so in what is written and in the date, and nowhere else', async () => {
  const gem = await startGem({ clock: fixedClock('2026-11-20T08:00:00Z') });
  gem.world.faults.arm({ fault: 'clock_skew', seconds: -3600, match: { method: 'POST' } });
  const { headers, text } = await createNewcomer(gem);
  expect(headers['date']).toBe('Fri, 20 Nov 2026 07:00:00 GMT');
  expect(JSON.parse(text)).toMatchObject({ created_at: '2026-11-20T07:00:00.000Z' });
  expect(lastRequest(gem).at).toBe('2026-11-20T08:00:00.000Z');
  expect((await ask(gem, offices)).headers['date']).toBe('Fri, 20 Nov 2026 08:00:00 GMT');
});

describe('the file behind a link', () => {
  test('goes the same way as every request: the clock, the log, the faults', async () => {
    const gem = await startGem({ clock: fixedClock('2031-02-03T04:05:06Z') });
    const [attachment] = living(gem, 'attachments');
    if (!attachment) throw new Error('the scenario has no attachment');
    const link = gem.world.links.to(attachment);
    const seen = await ask(gem, link);
    expect([seen.status, seen.headers['date']]).toEqual([200, 'Mon, 03 Feb 2031 04:05:06 GMT']);
    expect(seen.headers['content-disposition']).toBe(`attachment; filename="${attachment.filename}"`);
    expect(lastRequest(gem)).toMatchObject({ operation: 'attachment', status: 200, answer: null });
    gem.world.faults.arm({ fault: 'truncated_body', bytes: 5, match: { operation: 'attachment' } });
    expect(await ask(gem, link)).toMatchObject({
      status: 200,
      text: seen.text.slice(0, 5),
      error: 'ECONNRESET',
    });
  });

  test('needs no key, and knows no limit and no secret', async () => {
    const gem = await startGem({ switches: { rate_limit: { per_second: 1, burst: 1 } } });
    const [attachment] = living(gem, 'attachments');
    if (!attachment) throw new Error('the scenario has no attachment');
    const link = gem.world.links.to(attachment);
    for (const asking of [{}, { headers: { 'X-Application-Secret': 'wrong' } }]) {
      expect((await ask(gem, link, { key: '', ...asking })).status).toBe(200);
    }
    expect((await ask(gem, link.replace(/signature=.*/, 'signature=x'))).text).toContain('not signed');
    expect((await ask(gem, link.replace(gem.world.id, 'no-world'))).text).toContain('not signed');
  });
});

describe('a client that does not wait for a late answer', () => {
  test.each([
    { fault: 'timeout', milliseconds: 120_000 } as const,
    { fault: 'timeout', milliseconds: 120_000, when: 'after' } as const,
    { fault: 'latency', milliseconds: 120_000 } as const,
  ])('ends the waiting of $fault, and the log says that nothing was answered', async (fault) => {
    const gem = await startGem();
    gem.world.faults.arm({ ...fault, match: { method: 'POST' } });
    const patience = new AbortController();
    const { log } = gem.world;
    const told = new Promise<void>((resolve) => {
      const add = log.add.bind(log);
      log.add = (entry) => {
        const kept = add(entry);
        resolve();
        return kept;
      };
    });
    const asked = ask(gem, '/ats/v0/candidates/', { method: 'POST', body: {}, signal: patience.signal });
    // The request has come as soon as the fault has struck it.
    await expect.poll(() => gem.world.faults.list()[0]?.struck).toBe(1);
    patience.abort();
    expect(await asked).toMatchObject({ status: undefined });
    await told;
    expect(lastRequest(gem)).toMatchObject({ status: null, faults: ['fault-1'] });
  });
});

test('a server that ends does not wait for what a fault holds back', async () => {
  const gem = await startMockGem({ port: 0 });
  gem.world.faults.arm({ fault: 'timeout', milliseconds: 120_000 });
  const asked = ask(gem, offices);
  await expect.poll(() => gem.world.faults.list()[0]?.struck).toBe(1);
  await gem.close();
  expect(await asked).toMatchObject({ status: undefined });
  // The wait is over as well, or this request would never be told of.
  await expect.poll(() => gem.world.log.count).toBe(1);
});
