import { sql } from 'kysely';
import type { Database } from '../schema.ts';

/**
 * Removes old events, with all their tries, that nobody waits for any more: they have arrived, were given up, or their
 * webhooks were removed.
 *
 * @param before an instant; what was written since then is kept
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
