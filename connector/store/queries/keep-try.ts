import { sql } from 'kysely';
import type { Database } from '../schema.ts';

/** How a delivery stands. */
export type DeliveryState = 'PENDING' | 'DELIVERED' | 'FAILED';

/** What came of one try to deliver an event. */
export interface Try {
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

/** Notes a try and how the delivery stands after it; of a webhook that was removed meanwhile, nothing. */
export async function keepTry(
  database: Database,
  delivery: { eventId: string; webhookId: string; number: number },
  { at, status, milliseconds, problem, answer }: Try,
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
