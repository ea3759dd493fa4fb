// How many worlds are made up, which, and how many live at once; and for how long a smaller one is looked for.
import { describe, expect, test } from 'vitest';
import type { GemSchemas } from '../../../contracts/gem.ts';
import type { Account, Adapter } from '../../../contracts/harness/adapter.ts';
import { loadRules } from '../../../contracts/harness/load-rules.ts';
import { makePlans } from '../../../contracts/harness/merge-cases.ts';
import type { Report } from '../../../contracts/report.ts';
import { verifyConnector, type VerifyConnector } from '../../../contracts/harness/verify-connector.ts';
import { useGem } from '../../support/gem.ts';

const gem = useGem();

const connector: Adapter = {
  covers: ['users.status'],
  sync: async () => undefined,
  list: async () => [],
  act: async () => ({ status: 501, body: {} }),
};

test('a budget of ten seconds is spent on as many worlds as it has time for, and on one at least', async () => {
  expect(await worldsWithin(10_000, { eachTakes: 3000 })).toBe(2);
  expect(await worldsWithin(10_000, { eachTakes: 20_000 })).toBe(1);
});

test('the same seed makes the same worlds, however many are asked for', async () => {
  const rules = await loadRules(['delta-sync', 'written-once']);
  const [some, more] = [makePlans(rules, 3), makePlans(rules, 3)];
  expect(more(40)).not.toEqual(more(2));
  expect(more(2)).toEqual(some(2));
});

test('as many worlds live at once as the connector can take accounts, with the same outcome', async () => {
  const crowd = Promise.withResolvers<void>();
  const accounts = new Set<string>();
  const crowded: Adapter = {
    ...inactive(),
    accountsAtOnce: 3,
    async sync({ apiKey }) {
      accounts.add(apiKey);
      if (accounts.size === 3) crowd.resolve();
      // Worlds that come one after the other would wait here for ever.
      await crowd.promise;
    },
  };
  const { entries } = await verify(crowded, { worlds: 4 });
  expect(entries).toMatchObject([{ name: 'user-status', state: 'broken' }]);
  expect(entries).toEqual((await verify(inactive(), { worlds: 4 })).entries);
});

test('a connector is asked for no more than four lists of an account at once', async () => {
  const right = inactive();
  const [underway, counts] = [new Set<object>(), new Set<number>()];
  const counting: Adapter = {
    ...right,
    covers: ['users.status', 'filters'],
    async list(account, list, query) {
      const call = {};
      underway.add(call);
      counts.add(underway.size);
      return right.list(account, list, query).finally(() => underway.delete(call));
    },
  };
  await verify(counting, { worlds: 1, rules: ['filter-values'] });
  expect(Math.max(...counts)).toBe(4);
});

test('a connector may refuse its lists until a first sync went well', async () => {
  const [tried, synced] = [new Set<string>(), new Set<string>()];
  const strict: Adapter = {
    ...connector,
    async sync({ url, apiKey }) {
      if (tried.has(apiKey)) return void synced.add(apiKey);
      tried.add(apiKey);
      await fetch(`${url}/ats/v0/users/?page=2`, { headers: { 'X-API-Key': apiKey } });
      throw new Error('Gem failed');
    },
    async list({ apiKey }) {
      if (!synced.has(apiKey)) throw new Error('the first sync has not finished yet');
      return [];
    },
  };
  const { entries } = await verify(strict, { worlds: 1, rules: ['sync-under-faults'] });
  const found = entries.flatMap(({ contradictions }) => contradictions.map(({ what }) => what));
  expect(new Set(found)).toEqual(new Set(['how often it is shown']));
});

test('the search for the smallest world ends in time, and the report says that it did', async () => {
  const [hurried] = (await verify(inactive(), { worlds: 1, shrinks: true, shrinkLimit: 1 })).entries;
  expect(hurried).toMatchObject({ state: 'broken', remark: expect.stringContaining('`--shrink-for 10m`') });
  expect(hurried?.example?.replay).toBe('--seed 1 --worlds 1');
  const [whole] = (await verify(inactive(), { worlds: 1, shrinks: true, shrinkLimit: 600_000 })).entries;
  expect(whole?.remark).toBeUndefined();
  expect(whole?.example?.replay).toContain('--replay');
});

describe('a connector that fails at what a single rule put into a world', () => {
  const sixteen = (
    'user-names user-status user-email job-name job-code job-status job-times job-stages first-office all-offices ' +
    'first-department all-departments hiring-team stage-name job-stage-order office-address'
  ).split(' ');
  const failure = 'a FULL sync failed: a disabled administrator';
  const blamed = (report: Report) =>
    report.entries.filter(({ contradictions }) => contradictions.some(({ got }) => got === failure));

  function failing() {
    const worlds = new Set<string>();
    const sync: Adapter['sync'] = async (account) => {
      worlds.add(account.apiKey);
      const users = await usersAtGem(account);
      if (users.some(({ disabled, site_admin: isAdmin }) => disabled && isAdmin))
        throw new Error('a disabled administrator');
    };
    return { worlds, failing: { ...inactive(), covers: undefined, sync } };
  }

  test('is told which one, after a few worlds, and the others are judged without it', async () => {
    const { worlds, failing: wrong } = failing();
    const told: string[] = [];
    const onProgress: VerifyConnector['onProgress'] = ({ phase, text }) => {
      if (phase === 'shrinking') told.push(text);
    };
    const report = await verify(wrong, { worlds: 1, rules: sixteen, onProgress });
    expect(blamed(report).map(({ name }) => name)).toEqual(['user-status']);
    expect(report.entries.find(({ name }) => name === 'user-names')?.compared).toBeGreaterThan(0);
    expect(told[0]).toMatch(/^the connector fails in world 1: try 1 /);
    expect(told).toHaveLength(2 * Math.log2(sixteen.length));
    // Beside those: the whole world, and the one without the case.
    expect(worlds.size).toBe(told.length + 2);
  });

  test('is judged by the rules that were tried in time, and the report says which were left out', async () => {
    const { worlds, failing: wrong } = failing();
    const now = () => 1000 * worlds.size;
    const { entries } = await verify(wrong, { worlds: 1, rules: sixteen, now, shrinkLimit: 4500 });
    const [names, status, ...others] = entries;
    expect(names?.compared).toBeGreaterThan(0);
    expect(status).toMatchObject({ state: 'broken', contradictions: [{ got: failure }] });
    const remark = expect.stringMatching(/^left out of a world: whose case makes .* 5 s; `--shrink-for 10m`/);
    expect(others).toEqual(others.map(() => expect.objectContaining({ state: 'not observed', remark })));
  });

  test('is tried no longer than a smaller world is looked for, and the error says so', async () => {
    const { worlds, failing: wrong } = failing();
    const ended = verify(wrong, { worlds: 1, rules: sixteen, shrinkLimit: -1 });
    await expect(ended).rejects.toThrow(
      `${failure}; whose case makes the connector fail was looked for no longer`,
    );
    expect(worlds.size).toBe(1);
  });
});

/** A connector of users alone, who are all shown as INACTIVE. */
function inactive(): Adapter {
  const names = { first_name: null, last_name: null, email: null };
  const more = { changed_at: '2026-01-01T00:00:00.000Z', remote_deleted_at: null, system_roles: [] };
  const shown = { ...names, status: 'INACTIVE', remote_data: null, ...more };
  return {
    ...connector,
    async list(account, list) {
      if (list !== 'users') return [];
      const users = await usersAtGem(account);
      // What an adapter gives is judged at run time.
      return users.map(({ id }) => Object.assign({ id, remote_id: id }, shown)) as never;
    },
  };
}

async function usersAtGem({ url, apiKey }: Account): Promise<GemSchemas['User'][]> {
  const answer = await fetch(`${url}/ats/v0/users?per_page=500`, { headers: { 'X-API-Key': apiKey } });
  return (await answer.json()) as GemSchemas['User'][];
}

function verify(of: Adapter, more: Partial<VerifyConnector>): Promise<Report> {
  return verifyConnector({
    gem: gem().control,
    applicationSecret: gem().applicationSecret,
    connector: of,
    subject: 'nothing',
    rules: ['user-status'],
    variations: 0,
    shrinks: false,
    ...more,
  });
}

/** @param eachTakes milliseconds by the clock that the verification is given */
async function worldsWithin(budget: number, { eachTakes }: { eachTakes: number }): Promise<number> {
  let worlds = 0;
  await verify(connector, {
    budget,
    now: () => worlds * eachTakes,
    onProgress: ({ phase }) => {
      if (phase === 'world') worlds += 1;
    },
  });
  return worlds;
}
