import { expect, test } from 'vitest';
import { refusalOf, still, throughBothDoors } from './steering.ts';

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
});
