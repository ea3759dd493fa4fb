// How often faults strike, whatever they are told and however many requests come.
import { beforeAll, describe, expect } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import { startMockGem, type MockGem } from '../../../mock-server/server.ts';
import { Faults, type Fault } from '../../../mock-server/faults/faults.ts';
import type { MetRequest } from '../../../mock-server/requests/request.ts';

let gem: MockGem;
beforeAll(async () => {
  gem = await startMockGem({ port: 0 });
  return () => gem.close();
});

const requests = fc.integer({ min: 0, max: 40 });
const times = fc.option(fc.integer({ min: 1, max: 10 }), { nil: 'always' as const });
const every = fc.integer({ min: 1, max: 5 });
const probability = fc.integer({ min: 0, max: 100 }).map((hundredths) => hundredths / 100);

describe('of n requests that match', () => {
  test.prop([requests, times, every])('every eth is struck, until t were', async (n, times, every) => {
    const { struck, state } = await send(n, { fault: 'key_revoked', times, every });
    const chosen = Math.floor(n / every);
    expect(struck).toEqual(
      Array.from({ length: n }, (_, at) => (at + 1) % every === 0 && atMost(times, (at + 1) / every)),
    );
    expect(state.struck).toBe(times === 'always' ? chosen : Math.min(times, chosen));
    expect(state.spent).toBe(state.struck === times);
  });

  test.prop([requests, probability, fc.string()])(
    'the same are struck with the same probability and seed, and with a higher one these as well',
    async (n, probability, seed) => {
      const fault: Fault = { fault: 'key_revoked', times: 'always', seed };
      const { struck } = await send(n, { ...fault, probability });
      expect((await send(n, { ...fault, probability })).struck).toEqual(struck);
      const more = (await send(n, { ...fault, probability: (1 + probability) / 2 })).struck;
      expect(struck.filter((isStruck, at) => isStruck && !more[at])).toEqual([]);
    },
  );

  test.prop([requests])('none is struck with probability 0, each with 1', async (n) => {
    const fault: Fault = { fault: 'key_revoked', times: 'always' };
    expect((await send(n, { ...fault, probability: 0 })).state).toMatchObject({ matched: n, struck: 0 });
    expect((await send(n, { ...fault, probability: 1 })).state).toMatchObject({ matched: n, struck: n });
  });

  test.prop([requests, every, probability, times])(
    'as many match as came until it was spent, and no more are struck than match',
    async (n, every, probability, times) => {
      const { struck, state } = await send(n, { fault: 'key_revoked', every, probability, times });
      expect(state.matched).toBe(state.spent ? struck.lastIndexOf(true) + 1 : n);
      expect(state.struck).toBe(struck.filter(Boolean).length);
    },
  );
});

test('about as many are struck as the probability says', async () => {
  const { state } = await send(1000, {
    fault: 'key_revoked',
    times: 'always',
    probability: 0.3,
    seed: 'fair',
  });
  expect(state.struck).toBeGreaterThan(250);
  expect(state.struck).toBeLessThan(350);
});

test.prop([fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 20 })])(
  'of requests at the same time, no more are struck than it has times',
  async (times, n) => {
    const faults = new Faults(gem.world);
    faults.arm({ fault: 'latency', milliseconds: 0, times });
    const all = Array.from({ length: n }, request);
    await Promise.all(all.map((one) => faults.meet(one, answer)));
    expect(all.filter(({ trace }) => trace.faults.length > 0)).toHaveLength(Math.min(times, n));
  },
);

/** Sends so many requests past a fault, and tells which of them it struck. */
async function send(count: number, fault: Fault) {
  const faults = new Faults(gem.world);
  faults.arm(fault);
  const struck: boolean[] = [];
  for (let sent = 0; sent < count; sent += 1)
    struck.push((await faults.meet(request(), answer)).status === 403);
  const [state] = faults.list();
  if (!state) throw new Error('the fault is gone');
  return { struck, state };
}

function atMost(times: number | 'always', count: number): boolean {
  return times === 'always' || count <= times;
}

const answer = async () => ({ status: 200, body: null });

function request(): MetRequest {
  return {
    operation: 'listOffices',
    method: 'GET',
    path: '/ats/v0/offices/',
    query: {},
    body: null,
    left: new AbortController().signal,
    trace: { faults: [], faultKinds: [], assumptions: [], varied: [], tolerated: [], clockSkew: 0 },
  };
}
