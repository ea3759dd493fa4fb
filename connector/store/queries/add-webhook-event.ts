import { sql } from 'kysely';
import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import { komboId } from '../../models/identifiers.ts';
import { toJson } from '../json.ts';
import type { Database } from '../schema.ts';

/** Something to tell the owners of webhooks. */
export interface NewEvent {
  environmentId: string;
  /** The integration that it is about; null when it is about none. */
  integrationId: string | null;
  type: UnifiedSchemas['WebhookEventType'];
  data: unknown;
  at: string;
}

/**
 * Puts an event into the outbox, for every webhook that wants its type; without one nothing is kept. It belongs into the
 * transaction of what the event tells of. Whoever tells of an integration must hold its row, so that the order of the
 * numbers is the order of what happened.
 */
export async function addWebhookEvent(
  database: Database,
  { environmentId, integrationId, type, data, at }: NewEvent,
): Promise<void> {
  const wanting = await sql<{ id: string }>`
    select id from webhooks
    where environment_id = ${environmentId} and event_types @> ${toJson([type])}::jsonb
  `.execute(database);
  if (wanting.rows.length === 0) return;

  const numbers = await sql<{ number: number }>`
    select nextval('webhook_event_numbers') as number
  `.execute(database);
  const number = numbers.rows[0]?.number ?? 0;
  const channel = integrationId ?? environmentId;
  const id = komboId(channel, `webhook-events/${number}`);
  await sql`
    insert into webhook_events (id, environment_id, integration_id, type, body, created_at)
    values (${id}, ${environmentId}, ${integrationId}, ${type}, ${toJson({ id, type, data })}, ${at}::timestamptz)
  `.execute(database);
  // A webhook may have been removed a moment ago.
  await sql`
    insert into webhook_deliveries (number, event_id, webhook_id, channel, state, next_try_at)
    select ${number}::bigint, ${id}, id, ${channel}, 'PENDING', ${at}::timestamptz from webhooks
    where id in (select json_array_elements_text(${toJson(wanting.rows.map((row) => row.id))}::json))
    for key share
  `.execute(database);
}
