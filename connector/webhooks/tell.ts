import { addWebhookEvent } from '../store/queries/webhooks.ts';
import type { Standing } from '../store/queries/integration-state.ts';
import type { Database } from '../store/schema.ts';
import type { Event } from './events.ts';

/** Puts an event about an integration into the outbox. The transaction holds the integration's row. */
export async function tell(
  transaction: Database,
  { environmentId, integrationId }: Standing,
  { type, data }: Event,
  at: string,
): Promise<void> {
  await addWebhookEvent(transaction, { environmentId, integrationId, type, data, at });
}
