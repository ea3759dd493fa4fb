import { sql } from 'kysely';
import type { Database } from '../schema.ts';
import { previousSecretAt } from './webhooks.ts';
import type { UnifiedSchemas } from '../../../contracts/unified.ts';

/** The events that one webhook gets in order: those of one integration, or those that are about none. */
export interface Channel {
  webhookId: string;
  channel: string;
}

/** The channels whose first event that has not arrived is due; the events behind it wait for it. */
export async function dueChannels(database: Database, at: string): Promise<Channel[]> {
  const { rows } = await sql<Channel>`
    select webhook_id as "webhookId", channel from (
      select distinct on (webhook_id, channel) webhook_id, channel, next_try_at
      from webhook_deliveries where state = 'PENDING'
      order by webhook_id, channel, number
    ) as first
    where next_try_at <= ${at}::timestamptz
    order by next_try_at
  `.execute(database);
  return rows;
}

/** An event that is to be sent. */
export interface Delivery {
  eventId: string;
  webhookId: string;
  url: string;
  /** The secret, as the vault sealed it. */
  sealedSecret: string;
  /** The secret before, while it is valid. */
  sealedPreviousSecret: string | null;
  body: string;
  /** The step of a trace in which it came about, if it was in one. */
  traceparent: string | null;
  /** How often it was sent before. */
  attempts: number;
  /** How often of these before it was recovered. */
  earlierTries: number;
}

/** @returns the first event of a channel that has not arrived, if it is due by now */
export async function nextDelivery(
  database: Database,
  { webhookId, channel, at }: Channel & { at: string },
): Promise<Delivery | undefined> {
  const { rows } = await sql<Delivery & { isDue: boolean }>`
    select event.id as "eventId", webhook.id as "webhookId", webhook.url, webhook.secret as "sealedSecret", event.body,
      event.traceparent,
      ${previousSecretAt(at)} as "sealedPreviousSecret", delivery.earlier_tries as "earlierTries",
      delivery.next_try_at <= ${at}::timestamptz as "isDue",
      (select count(*)::integer from webhook_tries as try
        where try.event_id = event.id and try.webhook_id = webhook.id) as attempts
    from webhook_deliveries as delivery
      join webhook_events as event on event.id = delivery.event_id
      join webhooks as webhook on webhook.id = delivery.webhook_id
    where delivery.webhook_id = ${webhookId} and delivery.channel = ${channel} and delivery.state = 'PENDING'
    order by delivery.number limit 1
  `.execute(database);
  const [first] = rows;
  return first?.isDue ? first : undefined;
}

/** The state of a delivery. */
export type DeliveryState = 'PENDING' | 'DELIVERED' | 'FAILED';

/** The result of one attempt to deliver an event. */
export interface DeliveryAttempt {
  /** When it began. */
  at: string;
  /** Null when there was no answer. */
  status: number | null;
  milliseconds: number;
  /** Why the event did not arrive, for people; null when it did. */
  problem: string | null;
  /** The beginning of the answer's body. */
  answer: string | null;
}

/** Saves an attempt and the state that follows it; nothing is saved of a webhook that was removed meanwhile. */
export async function saveAttempt(
  database: Database,
  delivery: { eventId: string; webhookId: string; number: number },
  { at, status, milliseconds, problem, answer }: DeliveryAttempt,
  { state, nextTryAt }: { state: DeliveryState; nextTryAt: string | null },
): Promise<void> {
  const { eventId, webhookId, number } = delivery;
  await sql`
    with delivery as (
      update webhook_deliveries set state = ${state}, next_try_at = ${nextTryAt}::timestamptz
      where event_id = ${eventId} and webhook_id = ${webhookId} and state = 'PENDING'
      returning event_id, webhook_id
    )
    insert into webhook_tries (event_id, webhook_id, number, at, status, milliseconds, problem, answer)
    select event_id, webhook_id, ${number}::integer, ${at}::timestamptz, ${status}::integer,
      ${milliseconds}::integer, ${problem}, ${answer}
    from delivery
    on conflict do nothing
  `.execute(database);
}

/** A delivery with the result of every attempt. */
export interface DeliveryReport {
  eventId: string;
  eventType: UnifiedSchemas['WebhookEventType'];
  integrationId: string | null;
  webhookId: string;
  url: string;
  state: DeliveryState;
  createdAt: string;
  /** Null when it is over. */
  nextTryAt: string | null;
  /** What is sent. */
  payload: Record<string, unknown>;
  tries: DeliveryAttempt[];
}

/** The latest deliveries of an environment's events, the newest first. */
export async function listDeliveries(
  database: Database,
  { environmentId, limit }: { environmentId: string; limit: number },
): Promise<DeliveryReport[]> {
  const { rows } = await sql<DeliveryReport>`
    select event.id as "eventId", event.type as "eventType", event.integration_id as "integrationId",
      webhook.id as "webhookId", webhook.url, delivery.state, instant(event.created_at) as "createdAt",
      instant(delivery.next_try_at) as "nextTryAt", event.body::json as payload,
      (select coalesce(json_agg(json_build_object('at', instant(try.at), 'status', try.status,
          'milliseconds', try.milliseconds, 'problem', try.problem, 'answer', try.answer) order by try.number), '[]')
        from webhook_tries as try where try.event_id = event.id and try.webhook_id = webhook.id) as tries
    from webhook_deliveries as delivery
      join webhook_events as event on event.id = delivery.event_id
      join webhooks as webhook on webhook.id = delivery.webhook_id
    where webhook.environment_id = ${environmentId}
    order by delivery.number desc, webhook.id
    limit ${limit}
  `.execute(database);
  return rows;
}

/**
 * Lets an event wait to be sent to a webhook once more, whatever became of it before.
 *
 * @returns whether the environment has such a delivery
 */
export async function sendOnceMore(
  database: Database,
  delivery: { environmentId: string; eventId: string; webhookId: string; at: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update webhook_deliveries as delivery set state = 'PENDING', next_try_at = ${delivery.at}::timestamptz
    from webhooks as webhook
    where webhook.id = delivery.webhook_id and webhook.environment_id = ${delivery.environmentId}
      and delivery.event_id = ${delivery.eventId} and delivery.webhook_id = ${delivery.webhookId}
  `.execute(database);
  return Number(numAffectedRows ?? 0) > 0;
}

/**
 * Lets all events wait to be sent to a webhook anew that were written since an instant and did not arrive, in their order.
 *
 * @returns how many
 */
export async function recoverSince(
  database: Database,
  { webhookId, since, at }: { webhookId: string; since: string; at: string },
): Promise<number> {
  const { numAffectedRows } = await sql`
    update webhook_deliveries as delivery set state = 'PENDING', next_try_at = ${at}::timestamptz,
      earlier_tries = (
        select count(*) from webhook_tries as try
        where try.event_id = delivery.event_id and try.webhook_id = delivery.webhook_id
      )
    from webhook_events as event
    where event.id = delivery.event_id and delivery.webhook_id = ${webhookId} and delivery.state = 'FAILED'
      and event.created_at >= ${since}::timestamptz
  `.execute(database);
  return Number(numAffectedRows ?? 0);
}

/**
 * Removes old events, with all their attempts, that no delivery waits for any more: they have arrived, were given up, or their
 * webhooks were removed.
 *
 * @param before an instant; what was written since then stays
 * @returns how many were removed
 */
export async function pruneWebhookEvents(database: Database, before: string): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from webhook_events as event
    where created_at < ${before}::timestamptz
      and not exists (
        select from webhook_deliveries as delivery where delivery.event_id = event.id and delivery.state = 'PENDING'
      )
  `.execute(database);
  return Number(numAffectedRows ?? 0);
}
