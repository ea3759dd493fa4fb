import { sql } from 'kysely';
import type { Database } from '../schema.ts';
import type { Channel } from './due-channels.ts';

/** An event that is to be sent. */
export interface Delivery {
  eventId: string;
  webhookId: string;
  url: string;
  /** The secret, as the vault sealed it. */
  sealedSecret: string;
  body: string;
  /** How often it was tried before. */
  tries: number;
}

/** @returns the first event of a channel that has not arrived, if it is to be tried by now */
export async function nextDelivery(
  database: Database,
  { webhookId, channel, at }: Channel & { at: string },
): Promise<Delivery | undefined> {
  const { rows } = await sql<Delivery & { isDue: boolean }>`
    select event.id as "eventId", webhook.id as "webhookId", webhook.url, webhook.secret as "sealedSecret", event.body,
      delivery.next_try_at <= ${at}::timestamptz as "isDue",
      (select count(*)::integer from webhook_tries as try
        where try.event_id = event.id and try.webhook_id = webhook.id) as tries
    from webhook_deliveries as delivery
      join webhook_events as event on event.id = delivery.event_id
      join webhooks as webhook on webhook.id = delivery.webhook_id
    where delivery.webhook_id = ${webhookId} and delivery.channel = ${channel} and delivery.state = 'PENDING'
    order by delivery.number limit 1
  `.execute(database);
  const [first] = rows;
  return first?.isDue ? first : undefined;
}
