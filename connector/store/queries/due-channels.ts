import { sql } from 'kysely';
import type { Database } from '../schema.ts';

/** What is told to one webhook in order: the events of one integration, or those that are about none. */
export interface Channel {
  webhookId: string;
  channel: string;
}

/** The channels whose first event that has not arrived is to be tried; those behind it wait for it. */
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
