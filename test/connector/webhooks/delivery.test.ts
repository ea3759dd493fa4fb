// How events are sent: until they arrive, in order, once for all workers.
import { describe, expect, test, vi } from 'vitest';
import { openStore } from '../../../connector/store/open-store.ts';
import { deleteWebhook, listWebhooks } from '../../../connector/store/queries/webhooks.ts';
import { sign } from '../../../connector/webhooks/attempt.ts';
import { applyWebhookSettings, defaultDelivery } from '../../../connector/webhooks/settings.ts';
import { channelLock, deliver } from '../../../connector/work/deliveries.ts';
import { databases, openTestStore, placeOnPostgres } from '../../support/databases.ts';
import { root, run } from '../../support/process.ts';
import { startStubGem } from '../../support/stub-gem.ts';
import { expectGenuine, startReceiver } from './support/receiver.ts';
import { openScene as openSceneIn, secret } from './support/scene.ts';
import { useWebhooks } from './support/use-webhooks.ts';

const now = '2026-06-01T00:00:00.000Z';

describe.each(databases)('the delivery of events, on $name', (database) => {
  const openScene = useWebhooks(database);

  /** An account whose connection is told already, and two changes that are not: off, and on. */
  async function start() {
    const [scene, receiver] = [await openScene(), await startReceiver()];
    await scene.subscribe(receiver.url, ['integration-state-changed', 'integration-deleted']);
    const integration = await scene.connect(await startStubGem());
    await scene.change(integration, 'switched-off');
    await scene.change(integration, 'switched-on');
    const states = () => receiver.received.map(({ event }) => event.data['state']);
    return { ...scene, receiver, integration, states };
  }

  test('keeps to the order of what happened, and sends each event once', async () => {
    const { work, receiver, states, deliveries, clock } = await start();
    await work();
    await work();
    expect(states()).toEqual(['INACTIVE', 'ACTIVE']);
    for (const received of receiver.received) await expectGenuine(received, secret);
    expect(receiver.received[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'mock-gem',
      'accept-encoding': 'identity',
    });
    const at = new Date(clock.now()).toISOString();
    const tries = [{ at, status: 204, milliseconds: 0, problem: null, answer: '' }];
    expect(await deliveries()).toMatchObject([
      { state: 'DELIVERED', nextTryAt: null, tries },
      { state: 'DELIVERED', nextTryAt: null, tries },
    ]);
  });

  test('is tried five times with growing delays, and lets what comes after wait, but no other account', async () => {
    const { work, connect, change, receiver, states, deliveries, clock, logged } = await start();
    const other = await connect(await startStubGem());
    receiver.reply = (response, { event }) =>
      response.writeHead(event.data['state'] === 'INACTIVE' ? 500 : 200).end();
    await work();
    await change(other, 'deleted');
    for (const delay of defaultDelivery.delays) {
      const before = receiver.received.length;
      clock.advance(delay - 1);
      await work();
      expect(states().slice(before)).toEqual(delay === defaultDelivery.delays[0] ? [undefined] : []);
      clock.advance(1);
      await work();
    }
    const four = ['INACTIVE', 'INACTIVE', 'INACTIVE', 'INACTIVE', 'ACTIVE'];
    expect(states()).toEqual(['INACTIVE', undefined, ...four]);
    const [failed, later] = await deliveries();
    expect(failed).toMatchObject({ state: 'FAILED', nextTryAt: null });
    expect(failed?.tries.map(({ status }) => status)).toEqual([500, 500, 500, 500, 500]);
    const times = failed?.tries.map(({ at }) => Date.parse(at)) ?? [];
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(gaps).toEqual(defaultDelivery.delays);
    expect(later).toMatchObject({ state: 'DELIVERED' });
    // Each thing is told once: what is tried again and again, and that it is over.
    expect(logged).toEqual([
      expect.stringMatching(
        /^the webhook \S+ at 127.0.0.1:\d+ fails: nothing has reached it since \S+Z, because the/,
      ),
      'an event was given up after 5 tries: the receiver answered with status 500 undefined',
      expect.stringMatching(/^the webhook \S+ at 127.0.0.1:\d+ is reached again undefined$/),
    ]);
  });

  test('goes on when a receiver that was down is up again, with the same event', async () => {
    const { work, receiver, deliveries, clock } = await start();
    await receiver.close();
    await work();
    const [first] = await deliveries();
    const problem = 'its server could not be reached';
    expect(first).toMatchObject({ state: 'PENDING', tries: [{ status: null, problem, answer: null }] });

    const again = await startReceiver(Number(new URL(receiver.url).port));
    await work();
    expect(again.received).toEqual([]);
    clock.advance(defaultDelivery.delays[0] ?? 0);
    await work();
    expect(again.received.map(({ event }) => event.data['state'])).toEqual(['INACTIVE', 'ACTIVE']);
    expect(again.received[0]?.event.id).toBe(first?.eventId);
  });

  test('waits for its time, however many jobs come before', async () => {
    const { work, receiver, context, store, environmentId, integration } = await start();
    receiver.reply = (response) => response.writeHead(500).end();
    await work();
    const [webhook] = await listWebhooks(store.database, { environmentId, at: now });
    const job = { webhookId: webhook?.id ?? '', channel: integration.id };
    await deliver.run(context, job, new AbortController().signal);
    expect(receiver.received).toHaveLength(1);
  });

  test('is left to others by a worker that is to stop, after the one that is on its way', async () => {
    const { work, receiver, context, store, environmentId, integration, states } = await start();
    const stopping = new AbortController();
    receiver.reply = (response) => {
      stopping.abort();
      response.writeHead(204).end();
    };
    const [webhook] = await listWebhooks(store.database, { environmentId, at: now });
    await deliver.run(context, { webhookId: webhook?.id ?? '', channel: integration.id }, stopping.signal);
    expect(states()).toEqual(['INACTIVE']);
    await work();
    expect(states()).toEqual(['INACTIVE', 'ACTIVE']);
  });

  test('tells how long the answer took, and nothing below zero where the clock was set back', async () => {
    const { work, receiver, deliveries, clock } = await start();
    const steps = [250, -250];
    receiver.reply = (response) => {
      clock.advance(steps.shift() ?? 0);
      response.writeHead(204).end();
    };
    await work();
    const took = (await deliveries()).map(({ tries }) => tries[0]?.milliseconds);
    expect(took).toEqual([250, 0]);
  });

  test('carries the signature of the secret before, too, where the start gives both', async () => {
    const { work, receiver, context, environmentId } = await start();
    const previousSecret = 'the secret that signed before';
    await applyWebhookSettings(context.store, {
      environmentId,
      webhooks: [{ url: receiver.url, secret, previousSecret }],
      allowPrivateAddresses: true,
      at: '2026-06-01T00:00:00.000Z',
    });
    await work();
    const { body, signature, headers } = receiver.received[0] ?? {};
    const both = [previousSecret, secret].map((one) => sign(body ?? '', one));
    expect([signature, headers?.['x-mock-gem-signatures']]).toEqual([both[0], both.join(' ')]);
  });

  test('leaves a defect of the connector to its operator', async () => {
    const { work, context, deliveries } = await start();
    const open = () => {
      throw new Error('a defect');
    };
    context.store = { ...context.store, vault: { ...context.store.vault, open } };
    await expect(work()).rejects.toThrow('a defect');
    expect(await deliveries()).toMatchObject([{ tries: [] }, { tries: [] }]);
  });

  test('reads on until it has what it keeps of an answer, and breaks off the rest', async () => {
    const { work, context, receiver, deliveries } = await start();
    context.settings.webhooks = { ...context.settings.webhooks, timeLimit: 600_000 };
    const elsewhere = await startStubGem();
    const brokenOff: Promise<unknown>[] = [];
    receiver.reply = (response) => {
      brokenOff.push(new Promise((resolve) => response.on('close', resolve)));
      response.writeHead(200).write('b');
      // Once another answer has come, this beginning has as well. The end never comes.
      void fetch(elsewhere.url).then(() => response.write(Buffer.alloc(2047, 'a')));
    };
    await work();
    await Promise.all(brokenOff);
    const [first, second] = await deliveries();
    expect(first?.tries[0]?.answer).toBe(`b${'a'.repeat(2047)}`);
    expect(second?.tries[0]?.answer).toBe(`b${'a'.repeat(2047)}`);
  });

  test('repeats byte for byte what it tries again', async () => {
    const { work, receiver, clock, change, integration } = await start();
    receiver.reply = (response) => response.writeHead(503).end();
    await work();
    await change(integration, 'deleted');
    clock.advance(defaultDelivery.delays[0] ?? 0);
    await work();
    const [first, second] = receiver.received;
    expect(second?.body).toBe(first?.body);
    expect(second?.signature).toBe(first?.signature);
  });

  test.each([
    [302, 'the receiver answered with status 302, and redirects are not followed'],
    [404, 'the receiver answered with status 404'],
  ])('has failed when the answer is %i', async (status, problem) => {
    const { work, receiver, deliveries } = await start();
    const elsewhere = await startReceiver();
    receiver.reply = (response) => response.writeHead(status, { Location: elsewhere.url }).end('moved');
    await work();
    const [first] = await deliveries();
    expect(first).toMatchObject({ state: 'PENDING', tries: [{ status, problem, answer: 'moved' }] });
    expect(elsewhere.received).toEqual([]);
  });

  test('has failed when no answer comes in time, and succeeded when only its body does not', async () => {
    const { work, context, receiver, deliveries, clock } = await start();
    context.settings.webhooks = { ...context.settings.webhooks, timeLimit: 100 };
    receiver.reply = () => {};
    await work();
    const [slow] = await deliveries();
    expect(slow).toMatchObject({ state: 'PENDING', tries: [{ status: null, problem: 'it took too long' }] });

    receiver.reply = (response) => response.writeHead(200).write('never to end');
    clock.advance(defaultDelivery.delays[0] ?? 0);
    await work();
    const [begun] = await deliveries();
    expect(begun?.tries[1]).toMatchObject({ status: 200, problem: null, answer: 'never to end' });
  });

  test.each([
    ['long', Buffer.alloc(100_000, 'a'), 2048],
    ['of characters that do not fit whole', Buffer.alloc(4000, '✓'), 2046],
    ['no text at all', Buffer.from([0, 255, 0, 254, 65]), 7],
  ])('keeps at most two kibibytes of an answer that is %s', async (_, body, bytes) => {
    const { work, receiver, deliveries } = await start();
    receiver.reply = (response) => response.writeHead(200).end(body);
    await work();
    const [first] = await deliveries();
    expect(Buffer.byteLength(first?.tries[0]?.answer ?? '')).toBe(bytes);
    expect(first).toMatchObject({ state: 'DELIVERED' });
  });

  test('does not call addresses of private networks unless that is allowed, and says what allows it', async () => {
    const { work, context, receiver, deliveries, subscribe, change, integration } = await start();
    const { port } = new URL(receiver.url);
    await subscribe(`http://localhost:${port}/`, ['integration-deleted']);
    // They are not allowed if nothing is said.
    const { allowPrivateAddresses } = defaultDelivery;
    context.settings.webhooks = { ...context.settings.webhooks, allowPrivateAddresses };
    await change(integration, 'deleted');
    await work();
    const all = await deliveries();
    const problem = expect.stringMatching(/not on the public internet.*--allow-private-addresses/);
    const refused = { state: 'PENDING', tries: [{ status: null, problem }] };
    expect(all.filter(({ tries }) => tries.length > 0)).toMatchObject([refused, refused]);
    expect(receiver.received).toEqual([]);
  });

  test('is done once, however many workers do it at the same time', async () => {
    const { work, receiver, states } = await start();
    let others = 0;
    receiver.reply = (response) => {
      receiver.reply = (next) => next.writeHead(204).end();
      // While the first is on its way, nobody else sends anything.
      void Promise.all([work(), work()]).finally(() => {
        others = receiver.received.length;
        response.writeHead(204).end();
      });
    };
    await Promise.all([work(), work()]);
    expect(others).toBe(1);
    expect(states()).toEqual(['INACTIVE', 'ACTIVE']);
  });

  test('ends for a webhook that is removed', async () => {
    const { work, receiver, store, environmentId } = await start();
    const [webhook] = await listWebhooks(store.database, { environmentId, at: now });
    receiver.reply = (response) => {
      void deleteWebhook(store.database, { environmentId, id: webhook?.id ?? '' }).then(() => response.end());
    };
    await work();
    await work();
    expect(receiver.received).toHaveLength(1);
  });

  test('tells when the secret cannot be opened', async () => {
    const { work, context, receiver, deliveries } = await start();
    const otherKey = await openTestStore();
    context.store = { ...context.store, vault: otherKey.vault };
    await work();
    await otherKey.close();
    const [first] = await deliveries();
    expect(first?.tries).toMatchObject([{ status: null, problem: expect.stringMatching(/another key/) }]);
    expect(receiver.received).toEqual([]);
  });
});

describe('processes that share a PostgreSQL server', () => {
  const name = 'environment of the processes';

  async function start() {
    const place = await placeOnPostgres();
    const store = await openStore(place);
    const scene = await openSceneIn(store, name);
    const receiver = await startReceiver();
    await scene.subscribe(receiver.url, ['integration-created']);
    const { id } = await scene.connect(await startStubGem());
    return { place, store, receiver, channel: id };
  }

  test('tell what one has written that was killed before it could tell', async () => {
    const { place, store, receiver } = await start();
    // Nothing but the database is left of it.
    await store.close();
    const next = await openStore(place);
    await (await openSceneIn(next, name)).work();
    await next.close();
    expect(receiver.types()).toEqual(['integration-created']);
  });

  test('tell again at once what one was telling when it was killed', async () => {
    const { place, store, receiver, channel } = await start();
    const file = `${root}/test/connector/webhooks/support/deliver-in-child.ts`;
    const child = run('node', [file, JSON.stringify({ place, name })]);
    receiver.reply = () => child.child.kill('SIGKILL');
    await child.ended;
    const scene = await openSceneIn(store, name);
    const [webhook] = await listWebhooks(store.database, { environmentId: scene.environmentId, at: now });
    const lock = channelLock({ webhookId: webhook?.id ?? '', channel });
    await vi.waitUntil(async () => (await store.locks.free([lock])).length === 1, { timeout: 20_000 });
    receiver.reply = (response) => response.writeHead(204).end();
    await scene.work();
    expect(await scene.deliveries()).toMatchObject([{ state: 'DELIVERED', tries: [{ status: 204 }] }]);
    const [first, second, ...more] = receiver.received;
    expect(second?.body).toBe(first?.body);
    expect(more).toEqual([]);
    await store.close();
  });

  test('do not tell what another one is telling', async () => {
    const { place, store, receiver } = await start();
    const [one, other] = [await openSceneIn(store, name), await openSceneIn(await openStore(place), name)];
    let sentMeanwhile = 0;
    receiver.reply = (response) => {
      receiver.reply = (next) => next.writeHead(204).end();
      void other.work().finally(() => {
        sentMeanwhile = receiver.received.length;
        response.writeHead(204).end();
      });
    };
    await one.work();
    await other.work();
    expect(sentMeanwhile).toBe(1);
    expect(receiver.received).toHaveLength(1);
    await Promise.all([store.close(), other.store.close()]);
  });
});
