import { sql } from 'kysely';
import { komboId } from '../../identifiers.ts';
import { toJson } from '../storable.ts';
import type { Store } from '../open-store.ts';
import type { Database } from '../schema.ts';
import type { UnifiedSchemas } from '../../../contracts/unified.ts';

// Where events are sent, and the only place where the secrets that sign them are read from or written to the database.

/** An address that events of an environment are sent to. */
export interface Webhook {
  id: string;
  url: string;
  eventTypes: UnifiedSchemas['WebhookEventType'][];
  createdAt: string;
}

/** What it takes to set one up. */
export interface NewWebhook {
  environmentId: string;
  url: string;
  secret: string;
  eventTypes: readonly UnifiedSchemas['WebhookEventType'][];
  /** Whether it was given at the start of the connector. */
  isSetting: boolean;
}

/** Sets a webhook up; an address that is there already takes over the rest. */
export async function saveWebhook(
  { database, vault }: Pick<Store, 'database' | 'vault'>,
  { environmentId, url, secret, eventTypes, isSetting, at }: NewWebhook & { at: string },
): Promise<Webhook> {
  const { rows } = await sql<Webhook>`
    insert into webhooks (id, environment_id, url, secret, event_types, is_setting, created_at)
    values (${komboId(environmentId, `webhooks/${url}`)}, ${environmentId}, ${url}, ${vault.seal(secret)},
      ${toJson(eventTypes)}::jsonb, ${isSetting}::boolean, ${at}::timestamptz)
    on conflict (environment_id, url) do update set
      secret = excluded.secret, event_types = excluded.event_types, is_setting = excluded.is_setting
    returning ${columns}
  `.execute(database);
  const [webhook] = rows;
  if (!webhook) throw new Error('the database kept no webhook');
  return webhook;
}

/** The webhooks of an environment, the oldest first. */
export async function listWebhooks(database: Database, environmentId: string): Promise<Webhook[]> {
  const { rows } = await sql<Webhook>`
    select ${columns} from webhooks where environment_id = ${environmentId} order by webhooks.created_at, id
  `.execute(database);
  return rows;
}

/** @returns whether there was one */
export async function deleteWebhook(
  database: Database,
  { environmentId, id }: { environmentId: string; id: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from webhooks where environment_id = ${environmentId} and id = ${id}
  `.execute(database);
  return Number(numAffectedRows ?? 0) > 0;
}

/** Removes the webhooks that were given at an earlier start and are not any more. */
export async function removeOtherSettings(
  database: Database,
  { environmentId, urls }: { environmentId: string; urls: readonly string[] },
): Promise<void> {
  await sql`
    delete from webhooks
    where environment_id = ${environmentId} and is_setting
      and url not in (select json_array_elements_text(${toJson(urls)}::json))
  `.execute(database);
}

const columns = sql.raw(`id, url, event_types as "eventTypes", instant(created_at) as "createdAt"`);

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
 * Puts an event into the outbox, for every webhook that wants its type; without one nothing is stored. It belongs into the
 * transaction of what the event is about. A caller that writes about an integration holds its row, so that the order of the
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
