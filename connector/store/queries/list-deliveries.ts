import { sql } from 'kysely';
import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import type { Database } from '../schema.ts';
import type { DeliveryState, Try } from './keep-try.ts';

/** A delivery with what came of every try. */
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
  tries: Try[];
}

/** The latest deliveries of an environment's events, the newest first. */
export async function listDeliveries(
  database: Database,
  { environmentId, limit }: { environmentId: string; limit: number },
): Promise<DeliveryReport[]> {
  const { rows } = await sql<DeliveryReport>`
    select event.id as "eventId", event.type as "eventType", event.integration_id as "integrationId",
      webhook.id as "webhookId", webhook.url, delivery.state, instant(event.created_at) as "createdAt",
      instant(delivery.next_try_at) as "nextTryAt",
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
