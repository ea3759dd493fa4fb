import { describe, expect, test } from 'vitest';
import { openQueue } from '../../../connector/work/queue.ts';
import {
  startWorker,
  type Kind,
  type WorkContext,
  readWorkSettings,
} from '../../../connector/work/worker.ts';
import { fixedClock } from '../../../contracts/clock.ts';
import { databases } from '../../support/databases.ts';

function kindThat(run: Kind['run'], more: Partial<Kind> = {}): Kind {
  return { name: 'kind-of-test', atOnce: () => 2, retries: 0, run, ...more };
}

describe.each(databases)('the queue, on $name', ({ open }) => {
  async function start(kind: Kind) {
    const logged: unknown[] = [];
    const store = await open();
    const log: WorkContext['log'] = (message, error) => logged.push(message, error);
    const queue = await openQueue(store, { kinds: [kind], isWorker: true, log });
    const context = {
      store,
      clock: fixedClock('2026-06-01T00:00:00.000Z'),
      log,
      queue,
      settings: readWorkSettings(),
      clientOf: () => {
        throw new Error('nobody speaks to Gem');
      },
    };
    const work = () => startWorker(context, [kind]);
    return { queue, work, logged, close: () => queue.stop().then(store.close) };
  }

  test('hands a job to a worker that waits, and drops its twins while it waits', async () => {
    const done: unknown[] = [];
    let finish = () => {};
    const finished = new Promise<void>((resolve) => (finish = resolve));
    const { queue, work, close } = await start(
      kindThat(async (_, data) => {
        done.push(data);
        if (data['id'] === 'last') finish();
      }),
    );
    for (const id of ['a', 'a', 'b', 'a']) await queue.send('kind-of-test', { id }, id);
    const worker = await work();
    await queue.send('kind-of-test', { id: 'last' }, 'last');
    await finished;
    await worker.stop();
    await close();
    expect(done.map((data) => (data as { id: string }).id).toSorted()).toEqual(['a', 'b', 'last']);
  });

  test(
    'one place does what waits job after job, and not one for each look',
    { timeout: 15_000 },
    async () => {
      const ids = Array.from({ length: 12 }, (_, number) => `${number}`);
      const done: unknown[] = [];
      let finish = () => {};
      const finished = new Promise<void>((resolve) => (finish = resolve));
      const { queue, work, logged, close } = await start(
        kindThat(
          async (_, { id }) => {
            done.push(id);
            if (done.length === ids.length) finish();
            if (id === '3') throw new Error('it failed');
          },
          { atOnce: () => 1 },
        ),
      );
      for (const id of ids) await queue.send('kind-of-test', { id }, id);
      const worker = await work();
      // A look is made every two seconds or less often, so that they would take longer than this test may.
      await finished;
      await worker.stop();
      await close();
      expect(done).toEqual(ids);
      expect(logged).toHaveLength(2);
    },
  );

  test('waits at its end for what is in hand, which is told to stop', async () => {
    const told: string[] = [];
    let ran = 0;
    let begin = () => {};
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const { queue, work, close } = await start(
      kindThat((_, __, stopping) => {
        begin();
        ran += 1;
        return new Promise((resolve) => {
          stopping.addEventListener('abort', () => {
            told.push(String(stopping.reason));
            resolve();
          });
        });
      }),
    );
    const worker = await work();
    await queue.send('kind-of-test', {}, 'a');
    await begun;
    await worker.stop();
    // What comes now is for others.
    await queue.send('kind-of-test', {}, 'b');
    expect(ran).toBe(1);
    await close();
    expect(ran).toBe(1);
    expect(told).toEqual(['ShuttingDown: the connector is shutting down']);
  });

  test('tells of work that fails', async () => {
    let fail = () => {};
    const failed = new Promise<void>((resolve) => (fail = resolve));
    const { queue, work, logged, close } = await start(
      kindThat(async () => {
        fail();
        throw new Error('a defect');
      }),
    );
    const worker = await work();
    await queue.send('kind-of-test', {}, 'a');
    await failed;
    await worker.stop();
    await close();
    expect(logged).toEqual(['work of the kind kind-of-test failed', new Error('a defect')]);
  });

  test('lets what comes regularly come at the start, and then once in its time for all processes', async () => {
    const ran: string[] = [];
    const waiting = new Map<string, () => void>();
    const ranAs = (id: string) => new Promise<void>((resolve) => waiting.set(id, resolve));
    const { queue, work, close } = await start(
      kindThat(
        async (_, { id = 'regular' }) => {
          ran.push(id);
          waiting.get(id)?.();
        },
        { every: () => 3600, atOnce: () => 1 },
      ),
    );
    const first = ranAs('regular');
    const worker = await work();
    await first;
    for (let process = 0; process < 3; process += 1) await queue.sendOnceIn(3600, 'kind-of-test');
    const last = ranAs('last');
    await queue.send('kind-of-test', { id: 'last' }, 'last');
    await last;
    await worker.stop();
    await close();
    expect(ran).toEqual(['regular', 'regular', 'last']);
  });
});
