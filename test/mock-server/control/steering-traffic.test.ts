import { expect, test } from 'vitest';
import { refusalOf, still, throughBothDoors } from './steering.ts';

/** In the form of a key, and known to nobody. */
const secret = 'SecretOfNobodySecretOfNobodySecretOfNo40';

throughBothDoors((start) => {
  test('a fault strikes in its world, is listed and disarmed', async () => {
    const { control } = await start();
    const [world, other] = [await control.openWorld(), await control.openWorld()];
    const { id } = await world.faults.arm({
      fault: 'status',
      status: 503,
      match: { operation: 'listJobs' },
      times: 'always',
    });
    expect((await world.fetch('/ats/v0/jobs/')).status).toBe(503);
    expect((await other.fetch('/ats/v0/jobs/')).status).toBe(200);
    expect(await world.faults.list()).toMatchObject([{ id, matched: 1, struck: 1 }]);
    await world.faults.disarm(id);
    expect((await world.fetch('/ats/v0/jobs/')).status).toBe(200);
    expect((await refusalOf(world.faults.disarm('fault-99'))).status).toBe(404);
  });

  test('a limit can be set, and taken back', async () => {
    const { control } = await start();
    const world = await control.openWorld({ clock: still });
    await world.choose({ rate_limit: { per_second: 1, burst: 2 } });
    const statuses = async () => {
      const answers = [];
      for (let asked = 0; asked < 3; asked += 1) answers.push((await world.fetch('/ats/v0/offices')).status);
      return answers;
    };
    expect(await statuses()).toEqual([200, 200, 429]);
    await world.clock.advance('1 second');
    expect(await statuses()).toEqual([200, 429, 429]);
    await world.choose({ rate_limit: 'off' });
    expect(await statuses()).toEqual([200, 200, 200]);
  });

  test('requests are found by what they were like, and forgotten', async () => {
    const { control } = await start();
    const world = await control.openWorld();
    await world.fetch('/ats/v0/jobs/?page=2');
    await world.fetch('/ats/v0/nowhere');
    expect(await world.requests.find({ operation: 'listJobs', page: 2 })).toMatchObject({ count: 1 });
    const { count, near_misses } = await world.requests.find({ operation: 'listJobs', page: 3 });
    expect([count, near_misses.length]).toEqual([0, 1]);
    expect((await world.requests.list()).map(({ status }) => status)).toEqual([200, 404]);
    expect((await world.requests.list(1)).map(({ number }) => number)).toEqual([2]);
    await world.requests.clear();
    expect(await world.requests.list()).toEqual([]);
  });

  test('what comes with an unknown key is remembered apart', async () => {
    const { gem, control } = await start();
    await fetch(`${gem.url}/ats/v0/jobs/`, { headers: { 'X-API-Key': 'too-short' } });
    expect(await control.unknownKeyRequests()).toMatchObject([{ path: '/ats/v0/jobs/', status: 403 }]);
    await control.call('clearUnknownKeyRequests');
    expect(await control.unknownKeyRequests()).toEqual([]);
  });

  test('a missing or misspelt key is told with what to do, and nothing of the key', async () => {
    const { gem, control } = await start();
    const mistakes: [headers: Record<string, string>, told: string][] = [
      [{}, 'It has no `X-API-Key`.'],
      [{ 'X-API-Key': '' }, 'is empty; perhaps the variable'],
      [{ Authorization: `Bearer ${secret}` }, 'What stands in `Authorization` is not looked at'],
      [{ 'Api-Key': secret }, 'but a header `api-key`, which Gem does not know'],
      [{ 'X-API-Key': `Bearer ${secret}` }, 'begins with a word such as `Bearer`'],
      [{ 'X-API-Key': `"${secret}"` }, 'stands in quotes'],
      [{ 'X-API-Key': 'undefined' }, 'no key but what stands where one is missing'],
      [{ 'X-API-Key': secret.slice(2) }, 'has 38 characters; a key of Gem has 40 letters and digits'],
      [
        { 'X-API-Key': secret.replace('S', '-') },
        'has 40 characters, some of them neither letters nor digits',
      ],
    ];
    for (const [headers] of mistakes) await fetch(`${gem.url}/ats/v0/jobs/`, { headers });
    const { requests, total } = await control.call('searchUnknownKeyRequests', {
      query: { q: 'status:403', per_page: 2 },
    });
    expect([total, requests.map(({ number }) => number)]).toEqual([9, [9, 8]]);
    for (const [index, [, told]] of mistakes.entries()) {
      const detail = await control.call('getUnknownKeyRequest', { path: { number: index + 1 } });
      expect(detail).toMatchObject({ refusal: 'Forbidden', advice: expect.stringContaining(told) });
      expect(detail.advice).toContain('Send the key of a world as `X-API-Key`');
      expect(JSON.stringify(detail)).not.toContain(secret.slice(2, -1));
    }
    const refusal = await refusalOf(control.call('getUnknownKeyRequest', { path: { number: 99 } }));
    expect(refusal.message).toContain('request');
  });

  test('a key of the right form that no world has, an unknown board and a broken link are told as such', async () => {
    const { gem, control } = await start({ unknownKeys: 'refuse' });
    await fetch(`${gem.url}/ats/v0/jobs/`, { headers: { 'X-API-Key': secret } });
    await fetch(`${gem.url}/job_board/v0/no-such-board/job_posts/`);
    const asked = [1, 2].map((number) => control.call('getUnknownKeyRequest', { path: { number } }));
    expect((await Promise.all(asked)).map(({ advice }) => advice)).toEqual([
      expect.stringContaining('`--refuse-unknown-keys`'),
      expect.stringContaining('No world has a job board of this name'),
    ]);
  });
});
