import { sql } from 'kysely';
import { presentTrace } from '../../observe/trace.ts';
import { komboId } from '../../identifiers.ts';
import { toJson } from '../storable.ts';
import type { Store } from '../open-store.ts';
import type { Database } from '../schema.ts';
import { VaultCannotOpen } from '../vault.ts';
import type { UnifiedSchemas } from '../../../contracts/unified.ts';

// Where events are sent, and the only place where the secrets that sign them are read from or written to the database.

/** An address that events of an environment are sent to. */
export interface Webhook {
  id: string;
  url: string;
  eventTypes: UnifiedSchemas['WebhookEventType'][];
  createdAt: string;
  /** Null while it is on. */
  switchedOffAt: string | null;
  /** Since when nothing has arrived; null while events do. */
  failingSince: string | null;
  /** Why the latest try failed, for people; null while events arrive. */
  problem: string | null;
  /** Whether the secret before is still valid, and until when; null where it is given at each start. */
  hasPreviousSecret: boolean;
  previousSecretUntil: string | null;
}

/** What it takes to set one up. */
export interface NewWebhook {
  environmentId: string;
  url: string;
  secret: string;
  eventTypes: readonly UnifiedSchemas['WebhookEventType'][];
  /** Whether it was given at the start of the connector. */
  isSetting: boolean;
  /** Which secret goes on to be valid beside the new one; left out, none. */
  previous?: { secret: string } | { storedUntil: string } | undefined;
}

/**
 * Sets a webhook up; an address that is there already takes over the rest. One that a caller sets up is switched on; one that
 * is given at the start stays as it is.
 */
export async function saveWebhook(
  { database, vault }: Pick<Store, 'database' | 'vault'>,
  { environmentId, url, secret, eventTypes, isSetting, previous, at }: NewWebhook & { at: string },
): Promise<Webhook> {
  const given = previous && 'secret' in previous ? vault.seal(previous.secret) : null;
  const until = previous && 'storedUntil' in previous ? previous.storedUntil : null;
  // A call that is repeated must not take the new secret for the one before.
  const isRepeated = until !== null && (await hasSecret({ database, vault }, { environmentId, url, secret }));
  const { rows } = await sql<Webhook>`
    insert into webhooks (id, environment_id, url, secret, event_types, is_setting, created_at, previous_secret)
    values (${komboId(environmentId, `webhooks/${url}`)}, ${environmentId}, ${url}, ${vault.seal(secret)},
      ${toJson(eventTypes)}::jsonb, ${isSetting}::boolean, ${at}::timestamptz, ${given})
    on conflict (environment_id, url) do update set
      secret = excluded.secret, event_types = excluded.event_types, is_setting = excluded.is_setting,
      previous_secret = case
        when ${until}::timestamptz is null then excluded.previous_secret
        when ${isRepeated}::boolean then webhooks.previous_secret
        else webhooks.secret
      end,
      previous_secret_until = ${until}::timestamptz,
      switched_off_at = case when ${isSetting}::boolean then webhooks.switched_off_at end,
      failing_since = case when ${isSetting}::boolean then webhooks.failing_since end,
      problem = case when ${isSetting}::boolean then webhooks.problem end
    returning ${columnsAt(at)}
  `.execute(database);
  const [webhook] = rows;
  if (!webhook) throw new Error('the database kept no webhook');
  return webhook;
}

async function hasSecret(
  { database, vault }: Pick<Store, 'database' | 'vault'>,
  { environmentId, url, secret }: Pick<NewWebhook, 'environmentId' | 'url' | 'secret'>,
): Promise<boolean> {
  const { rows } = await sql<{ secret: string }>`
    select secret from webhooks where environment_id = ${environmentId} and url = ${url}
  `.execute(database);
  try {
    return rows.some((row) => vault.open(row.secret) === secret);
  } catch (error) {
    // What another key sealed is set up anew.
    if (error instanceof VaultCannotOpen) return false;
    throw error;
  }
}

/** The webhooks of an environment at an instant, the oldest first. */
export async function listWebhooks(
  database: Database,
  { environmentId, at }: { environmentId: string; at: string },
): Promise<Webhook[]> {
  const { rows } = await sql<Webhook>`
    select ${columnsAt(at)} from webhooks where environment_id = ${environmentId} order by webhooks.created_at, id
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

/**
 * Switches a webhook on or off. What waits is given up when it is switched off, to be recovered one day; switched on, it has
 * as much time to prove itself as a new one.
 *
 * @returns undefined when the environment has no such webhook
 */
export async function setWebhookEnabled(
  database: Database,
  { environmentId, id, isEnabled, at }: { environmentId: string; id: string; isEnabled: boolean; at: string },
): Promise<Webhook | undefined> {
  const since = isEnabled ? null : at;
  const { rows } = await sql<Webhook>`
    with given_up as (
      update webhook_deliveries set state = 'FAILED', next_try_at = null
      where not ${isEnabled}::boolean and state = 'PENDING' and webhook_id = ${id}
        and webhook_id in (select id from webhooks where environment_id = ${environmentId})
    )
    update webhooks set
      switched_off_at = case when ${isEnabled}::boolean then null else coalesce(switched_off_at, ${since}::timestamptz) end,
      failing_since = case when ${isEnabled}::boolean then null else failing_since end,
      problem = case when ${isEnabled}::boolean then null else problem end
    where environment_id = ${environmentId} and id = ${id}
    returning ${columnsAt(at)}
  `.execute(database);
  return rows[0];
}

/** Notes that an event has arrived at a webhook. */
export async function noteArrival(database: Database, id: string): Promise<void> {
  await sql`
    update webhooks set failing_since = null, problem = null where id = ${id} and failing_since is not null
  `.execute(database);
}

/**
 * Notes that a try has failed.
 *
 * @param at when it began
 * @returns since when nothing has arrived, and whose webhook it is; undefined when it was removed or is switched off
 */
export async function noteFailure(
  database: Database,
  { id, problem, at }: { id: string; problem: string; at: string },
): Promise<{ failingSince: string; environmentId: string } | undefined> {
  const { rows } = await sql<{ failingSince: string; environmentId: string }>`
    update webhooks set failing_since = coalesce(failing_since, ${at}::timestamptz), problem = ${problem}
    where id = ${id} and switched_off_at is null
    returning instant(failing_since) as "failingSince", environment_id as "environmentId"
  `.execute(database);
  return rows[0];
}

/** The columns of {@link Webhook} at an instant. */
const columnsAt = (at: string) => sql`
  id, url, event_types as "eventTypes", instant(created_at) as "createdAt",
  instant(switched_off_at) as "switchedOffAt", instant(failing_since) as "failingSince", problem,
  ${previousSecretAt(at)} is not null as "hasPreviousSecret",
  case when ${previousSecretAt(at)} is not null then instant(previous_secret_until) end as "previousSecretUntil"`;

/** The secret before, as the vault sealed it, where it is valid at an instant; of `webhooks`. */
export const previousSecretAt = (at: string) => sql`
  (case when previous_secret_until is null or previous_secret_until > ${at}::timestamptz then previous_secret end)`;

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
 * Puts an event into the outbox, for every webhook that wants its type; without one nothing is stored. For one that is switched
 * off, it is stored as given up, to be recovered one day. It belongs into the
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
    insert into webhook_events (id, environment_id, integration_id, type, body, created_at, traceparent)
    values (${id}, ${environmentId}, ${integrationId}, ${type}, ${toJson({ id, type, data })}, ${at}::timestamptz,
      ${presentTrace()})
  `.execute(database);
  // A webhook may have been removed a moment ago.
  await sql`
    insert into webhook_deliveries (number, event_id, webhook_id, channel, state, next_try_at)
    select ${number}::bigint, ${id}, id, ${channel},
      case when switched_off_at is null then 'PENDING' else 'FAILED' end,
      case when switched_off_at is null then ${at}::timestamptz end
    from webhooks
    where id in (select json_array_elements_text(${toJson(wanting.rows.map((row) => row.id))}::json))
    for key share
  `.execute(database);
}
