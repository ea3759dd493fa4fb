// The counts behind the limits are shared by all processes on a database.
import type { Request } from 'express';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  countCall,
  createLimits,
  freeActionSlot,
  noLimits,
  takeActionSlot,
} from '../../../../connector/api/limits.ts';
import { fixedClock } from '../../../../contracts/clock.ts';
import { databases } from '../../../support/databases.ts';

const names = (count: number) => Array.from({ length: count }, (_, index) => `action-${index}`);

describe.each(databases)('on $name', ({ open }) => {
  test('calls that come at once are each counted, and a new window begins when one has ended', async () => {
    const store = await open();
    onTestFinished(() => store.close());
    const call = (now: number) => countCall(store.database, { apiKey: 'key', now, length: 1000 });
    const counted = await Promise.all(names(8).map(() => call(5000)));
    expect(counted.map(({ calls }) => calls).toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect([await call(5999), await call(6000)]).toEqual([
      { calls: 9, left: 1 },
      { calls: 1, left: 1000 },
    ]);
  });

  test('of actions that come at once, as many run as may', async () => {
    const store = await open();
    onTestFinished(() => store.close());
    const { database } = store;
    await sql`insert into environments (id, name, created_at) values ('e', 'e', now())`.execute(database);
    await sql`
      insert into integrations
        (id, environment_id, gem_url, gem_api_key, end_user_organization_name, is_remote_data_enabled, created_at)
      values ('gem:1', 'e', '', '', '', false, now())
    `.execute(database);
    const bounds = { now: 1000, until: 2000, limit: 3 };
    const lease = (name: string) => ({ integrationId: 'gem:1', name });
    const taken = await Promise.all(names(8).map((name) => takeActionSlot(database, lease(name), bounds)));
    expect(taken.filter((running) => running !== undefined).toSorted()).toEqual([1, 2, 3]);

    const holder = names(8).find((_, index) => taken[index] !== undefined) ?? '';
    await freeActionSlot(database, lease(holder));
    expect(await takeActionSlot(database, lease('next'), bounds)).toBe(3);
    expect(await takeActionSlot(database, lease('late'), { ...bounds, now: 2000, until: 3000 })).toBe(1);

    // Whoever calls is told how many may still run, if there is a limit; and that an end was not noted, nobody but the operator.
    const logged: string[] = [];
    const services = {
      database,
      clock: fixedClock('2026-06-01T00:00:00.000Z'),
      log: (message: string) => logged.push(message),
    };
    const [free, limited] = [
      createLimits(services, noLimits),
      createLimits(services, { ...noLimits, actions: 2 }),
    ];
    const request = {} as Request;
    expect(await free.during(request, 'gem:1', async () => 'done')).toBe('done');
    expect(free.headersOf(request)).toEqual({});
    const act = async () => {
      await sql`drop table actions_under_way`.execute(database);
      return 'done';
    };
    expect(await limited.during(request, 'gem:1', act)).toBe('done');
    expect(limited.headersOf(request)).toEqual({ 'Concurrency-Limit': '2', 'Concurrency-Remaining': '1' });
    expect(logged).toEqual(['the end of an action could not be noted']);
  });
});
