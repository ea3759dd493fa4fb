import { describe, expect, onTestFinished, test } from 'vitest';
import { type RateLimits } from '../../../connector/gem/allowance.ts';
import { createGate, LeftAlone, ownStates, type Gate, type KeyStates } from '../../../connector/gem/gate.ts';
import { sharedStates } from '../../../connector/store/queries/key-states.ts';
import { openTestStore } from '../../support/databases.ts';

/** A time that passes only when everybody waits for it. */
class StillTime {
  now = 1_000_000;
  readonly #waiting: { until: number; wake: () => void }[] = [];
  readonly pause = (milliseconds: number, signal?: AbortSignal): Promise<void> => {
    signal?.throwIfAborted();
    return new Promise((wake) => this.#waiting.push({ until: this.now + Math.max(0, milliseconds), wake }));
  };

  /** Lets time pass until the task has ended. */
  async during<Result>(task: Promise<Result>): Promise<Result> {
    let isOver = false;
    const end = () => {
      isOver = true;
    };
    task.then(end, end);
    for (;;) {
      // Whoever can go on without waiting does so first.
      for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
      if (isOver) return task;
      this.#waiting.sort((one, other) => one.until - other.until);
      const next = this.#waiting.shift();
      if (!next) throw new Error('nobody waits, and it is not over');
      this.now = Math.max(this.now, next.until);
      next.wake();
    }
  }
}

/** A bucket as the gateway has it (gem-ats-api §1.4), which counts what it refuses. */
class Bucket {
  refused = 0;
  readonly calls: number[] = [];
  #tokens: number;
  #at = 0;
  readonly #limits: RateLimits;
  constructor(limits: RateLimits) {
    this.#limits = limits;
    this.#tokens = limits.burst;
  }

  call(now: number): void {
    const { perSecond, burst } = this.#limits;
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#at) / 1000) * perSecond);
    this.#at = now;
    this.calls.push(now);
    if (this.#tokens < 1) this.refused += 1;
    else this.#tokens -= 1;
  }
}

const gem = { perSecond: 20, burst: 500 };
const rate = { perSecond: 20, burst: 400 };

function processes(time: StillTime, count: number, limits = rate): { gates: Gate[]; asked: () => number } {
  const states = ownStates(() => time.now);
  let asked = 0;
  const shared: KeyStates = {
    slice: 10,
    change: (...given) => {
      asked += 1;
      return states.change(...given);
    },
  };
  const gates = Array.from({ length: count }, () =>
    createGate({ states: shared, rate: limits, time: { now: () => time.now, pause: time.pause } }),
  );
  return { gates, asked: () => asked };
}

const patient = { patience: 60_000, signal: undefined };

/** Calls one after the other, each of which takes so long. */
async function callOften(
  { time, gate, bucket, latency }: { time: StillTime; gate: Gate; bucket: Bucket; latency: number },
  count: number,
  isUrgent = false,
): Promise<number[]> {
  const waits: number[] = [];
  for (let call = 0; call < count; call += 1) {
    const begin = time.now;
    const passage = gate.passageOf('key', isUrgent);
    await passage.enter(patient);
    waits.push(time.now - begin);
    bucket.call(time.now);
    await time.pause(latency);
    passage.leave('listUsers', 'answered');
  }
  return waits;
}

describe('the limit of a key', () => {
  test('is kept by ten processes together, and used up', async () => {
    const time = new StillTime();
    const { gates, asked } = processes(time, 10);
    const bucket = new Bucket(gem);
    const begin = time.now;
    await time.during(Promise.all(gates.map((gate) => callOften({ time, gate, bucket, latency: 80 }, 200))));
    const seconds = (time.now - begin) / 1000;
    expect(bucket.refused).toBe(0);
    // 200 may be made at once, and the others come at twenty a second.
    expect(seconds).toBeGreaterThan((2000 - 200) / 20 - 1);
    expect(seconds).toBeLessThan((2000 - 200) / 20 + 8);
    // A permit is not asked for with each call.
    expect(asked()).toBeLessThan(2000 / 4);
  });

  test('is kept where Gem lets nothing through beyond it', async () => {
    const time = new StillTime();
    const { gates } = processes(time, 4, { perSecond: 20, burst: 1 });
    const bucket = new Bucket({ perSecond: 20, burst: 20 });
    const begin = time.now;
    await time.during(Promise.all(gates.map((gate) => callOften({ time, gate, bucket, latency: 150 }, 100))));
    expect(bucket.refused).toBe(0);
    expect((time.now - begin) / 1000).toBeLessThan(24);
  });

  test('is not shared with other keys', async () => {
    const time = new StillTime();
    const [gate] = processes(time, 1).gates;
    for (const key of ['a', 'b']) {
      for (let call = 0; call < 190; call += 1) await gate?.passageOf(key, false).enter(patient);
    }
    expect(time.now).toBe(1_000_000);
  });

  test('lets an action go before the syncs that use it up', async () => {
    const time = new StillTime();
    const { gates } = processes(time, 10);
    const [first, ...others] = gates;
    if (!first) throw new Error('no process');
    const bucket = new Bucket(gem);
    const syncs = Promise.all(others.map((gate) => callOften({ time, gate, bucket, latency: 50 }, 150)));
    const action = (async () => {
      await time.pause(30_000);
      return callOften({ time, gate: first, bucket, latency: 50 }, 20, true);
    })();
    const [, waits] = await time.during(Promise.all([syncs, action]));
    expect(Math.max(...waits)).toBeLessThan(100);
    expect(bucket.refused).toBe(0);
  });

  test('is taken to be used up by somebody else once Gem refuses a call for it', async () => {
    const time = new StillTime();
    const [gate] = processes(time, 1).gates;
    gate?.passageOf('key', false).leave('listUsers', 'throttled');
    for (let call = 0; call < 60; call += 1)
      await time.during(gate?.passageOf('key', false).enter(patient) ?? Promise.reject());
    expect(time.now - 1_000_000).toBeGreaterThanOrEqual(1500);
  });

  test('is not lost to a clock that was set back', async () => {
    const time = new StillTime();
    let shift = 0;
    const states = ownStates(() => time.now + shift);
    const gate = createGate({ states, rate, time: { now: () => time.now, pause: time.pause } });
    shift = 3_600_000;
    await time.during(gate.passageOf('key', false).enter(patient));
    shift = 0;
    const begin = time.now;
    await time.during(gate.passageOf('key', true).enter(patient));
    expect(time.now - begin).toBeLessThan(12_000);
  });
});

describe('a Gem that is down', () => {
  /** Calls that fail until a moment, and tells when each was made. */
  async function failUntil(time: StillTime, gates: readonly Gate[], back: number): Promise<number[]> {
    const calls: number[] = [];
    const operations = ['listUsers', 'listJobs', 'listCandidates'];
    const work = gates.map(async (gate, number) => {
      const passage = gate.passageOf('key', false);
      for (let turn = 0; time.now < back + 5000; turn += 1) {
        await passage.enter({ patience: Infinity, signal: undefined });
        calls.push(time.now);
        const operation = operations[(turn + number) % 3] ?? '';
        const hasFailed = time.now < back;
        await time.pause(100);
        passage.leave(operation, hasFailed ? 'failed' : 'answered');
      }
    });
    await time.during(Promise.all(work));
    return calls;
  }

  test('is asked by one process at a time, ever less often, and by all again once it answers', async () => {
    const time = new StillTime();
    const { gates } = processes(time, 5);
    const begin = time.now;
    const back = begin + 200_000;
    const calls = await failUntil(time, gates, back);
    const before = (from: number, to: number) =>
      calls.filter((at) => at >= begin + from && at < begin + to).length;
    expect(before(0, 10_000)).toBeLessThan(100);
    expect(before(70_000, 200_000)).toBeLessThanOrEqual(6);
    expect(before(200_000, 231_000)).toBeGreaterThan(1);
    expect(gates.map((gate) => gate.closedKeys())).toEqual([0, 0, 0, 0, 0]);
  });

  test('keeps nobody waiting who has no patience, and an action hardly', async () => {
    const time = new StillTime();
    const [gate] = processes(time, 1).gates;
    if (!gate) throw new Error('no process');
    for (let call = 0; call < 10; call += 1) {
      gate.passageOf('key', false).leave(call % 2 === 0 ? 'listUsers' : 'listJobs', 'failed');
    }
    expect(gate.closedKeys()).toBe(1);
    const none = { patience: 0, signal: undefined };
    await expect(time.during(gate.passageOf('key', false).enter(none))).rejects.toBeInstanceOf(LeftAlone);
    // It has been found down for the third time.
    for (const seconds of [1, 2]) {
      await time.during(time.pause(seconds * 1000));
      await time.during(gate.passageOf('key', false).enter(none));
      gate.passageOf('key', false).leave('listUsers', 'failed');
    }
    await time.during(time.pause(1));
    await expect(time.during(gate.passageOf('key', true).enter(patient))).rejects.toBeInstanceOf(LeftAlone);
    expect(gate.closedKeys()).toBe(1);
  });

  test('is not one that fails on a single list while it answers on others', async () => {
    const time = new StillTime();
    const [gate] = processes(time, 1).gates;
    for (let call = 0; call < 100; call += 1) {
      gate?.passageOf('key', false).leave('listUsers', 'failed');
      if (call % 15 === 0) gate?.passageOf('key', false).leave('listJobs', 'answered');
    }
    expect(gate?.closedKeys()).toBe(0);
  });
});

test('processes share the state of a key in the database, by its clock', async () => {
  const store = await openTestStore();
  onTestFinished(store.close);
  const clock = { now: () => 5000 };
  const [one, other] = [sharedStates(store.database, clock), sharedStates(store.database, clock)];
  const state = { spentUntil: 7000.5, closedUntil: 6000, failures: 2, probingUntil: null };
  expect(await one.change('digest', (_, now) => ({ state, result: now }))).toBe(5000);
  expect(await other.change('digest', (before) => ({ state: before, result: before }))).toEqual(state);
  // No two of them change it at once.
  const adding = (states: KeyStates) =>
    states.change('digest', (before) => ({ state: { ...before, failures: before.failures + 1 }, result: 0 }));
  await Promise.all(Array.from({ length: 10 }, (_, index) => adding(index % 2 === 0 ? one : other)));
  expect(await one.change('digest', (before) => ({ state: before, result: before.failures }))).toBe(12);
});
