import { SpanKind } from '@opentelemetry/api';
import { toInstant } from '../../contracts/clock.ts';
import {
  type Channel,
  type Delivery,
  type DeliveryAttempt,
  dueChannels,
  nextDelivery,
  saveAttempt,
} from '../store/queries/deliveries.ts';
import { noteArrival, noteFailure } from '../store/queries/webhooks.ts';
import { instruments } from '../observe/instruments.ts';
import { goOnWith, traced } from '../observe/trace.ts';
import type { Kind, WorkContext } from './worker.ts';
import type { Lock } from '../store/locks.ts';
import { afterAttempt, attemptDelivery } from '../webhooks/attempt.ts';
import { switchOffUnreached } from '../webhooks/emit.ts';

/** Finds workers for the events that are to be sent, those included that a dead process left. */
export const outbox: Kind = {
  name: 'outbox',
  atOnce: () => 1,
  retries: 0,
  every: ({ checkEverySeconds }) => checkEverySeconds,
  run: async ({ store: { database, locks }, clock, queue }) => {
    const due = await dueChannels(database, toInstant(clock.now()));
    const free = new Set(await locks.free(due.map(channelLock)));
    for (const channel of due) {
      const lock = channelLock(channel);
      if (free.has(lock)) await queue.send('deliver', { ...channel }, lock);
    }
  },
};

/**
 * Sends the events of one channel, one after the other, until one does not arrive: those behind it wait for its next
 * attempt, or until it is given up. The database knows what has arrived, so a job too many does no harm, and a job that is
 * lost is sent again by `outbox`. When a process dies between the arrival and its note, the event is sent once more.
 */
export const deliver: Kind = {
  name: 'deliver',
  atOnce: ({ deliveriesAtOnce }) => deliveriesAtOnce,
  retries: 0,
  run: async (context, { webhookId = '', channel = '' }, stopping) => {
    const { locks } = context.store;
    const lock = await locks.take(channelLock({ webhookId, channel }));
    // The process that holds it sends what waits.
    if (!lock) return;
    try {
      await sendAll(context, { webhookId, channel }, { lock, stopping });
    } finally {
      await lock.release();
    }
  },
};

/** Events that are sent before other channels have their turn. */
const turn = 50;

async function sendAll(
  context: WorkContext,
  channel: Channel,
  { lock, stopping }: { lock: Lock; stopping: AbortSignal },
): Promise<void> {
  const { queue } = context;
  for (let sent = 0; !lock.lost.aborted && !stopping.aborted; sent += 1) {
    if (sent === turn) return queue.send('deliver', { ...channel }, channelLock(channel));
    if (!(await sendNext(context, channel))) return;
  }
}

/** @returns whether there was an event that was to be sent by now */
async function sendNext(context: WorkContext, channel: Channel): Promise<boolean> {
  const { store, clock, settings, log } = context;
  const { database, vault } = store;
  const delivery = await nextDelivery(database, { ...channel, at: toInstant(clock.now()) });
  if (!delivery) return false;
  const attempt = () => attemptDelivery({ vault, clock, settings: settings.webhooks }, delivery);
  const result = await goOnWith(delivery.traceparent, () =>
    traced('deliver event', { kind: SpanKind.CLIENT }, attempt),
  );
  const number = delivery.attempts + 1;
  const tries = number - delivery.earlierTries;
  const next = afterAttempt(result, tries, settings.webhooks, clock.now());
  await saveAttempt(database, { ...delivery, number }, result, next);
  instruments.deliveries.add(1, { outcome: outcomes[next.state] });
  instruments.deliverySeconds.record(result.milliseconds / 1000, {});
  if (next.state === 'FAILED') log(`an event was given up after ${tries} tries: ${result.problem}`);
  await noteHealth(context, delivery, { ...result, isGivenUp: next.state === 'FAILED' });
  return true;
}

/** Webhooks that this process has told of, because nothing reached them. */
const toldOf = new Set<string>();

/**
 * Notes whether a webhook is reached, and tells once when nothing has for a minute. One that nothing has reached for days is
 * switched off when an event is given up.
 */
async function noteHealth(
  { store: { database }, clock, settings, queue, log }: WorkContext,
  { webhookId: id, url }: Pick<Delivery, 'webhookId' | 'url'>,
  { problem, at, isGivenUp }: Pick<DeliveryAttempt, 'problem' | 'at'> & { isGivenUp: boolean },
): Promise<void> {
  // The rest of its address may hold a secret.
  const where = `the webhook ${id} at ${new URL(url).host}`;
  if (problem === null) {
    await noteArrival(database, id);
    if (toldOf.delete(id)) log(`${where} is reached again`);
    return;
  }
  const failing = await noteFailure(database, { id, problem, at });
  if (!failing) return;
  const { failingSince } = failing;
  const now = clock.now();
  const unreachedFor = now - Date.parse(failingSince);
  const why = `nothing has reached it since ${failingSince}, because ${problem}`;
  if (unreachedFor >= soonTold && !toldOf.has(id)) {
    toldOf.add(id);
    log(`${where} fails: ${why}. Its events are tried again; GET /v1/webhooks/deliveries shows each`);
  }
  if (!isGivenUp || unreachedFor < settings.webhooks.patience) return;
  toldOf.delete(id);
  await switchOffUnreached(database, { ...failing, id, url, problem, at: toInstant(now) });
  await queue.send('outbox', {}, '');
  log(`${where} was switched off: ${why}`);
}

/** Milliseconds for which nothing reaches a webhook before that is told: a receiver that is started anew is no matter. */
const soonTold = 60_000;

const outcomes = { DELIVERED: 'delivered', PENDING: 'failed', FAILED: 'given_up' } as const;

/** The name of the lock that keeps events of one channel in order, and from being sent by two processes at once. */
export function channelLock({ webhookId, channel }: Channel): string {
  return `events of ${channel} to ${webhookId}`;
}
