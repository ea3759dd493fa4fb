import type { Store } from '../store/open-store.ts';
import { keepSettings, saveWebhook } from '../store/queries/webhooks.ts';
import { checkWebhook } from './check-webhook.ts';
import { eventTypes, type EventType } from './event-types.ts';

/** A webhook that is given at the start. */
export interface WebhookSetting {
  url: string;
  /** Signs what is sent. */
  secret: string;
  /** What is sent; everything when left out. */
  eventTypes?: readonly EventType[];
}

/**
 * Sets up the webhooks that were given at the start, and removes those that were at an earlier one and are not any more.
 * What callers set up stays.
 *
 * @throws UnusableWebhook
 */
export async function applyWebhookSettings(
  { database, vault }: Pick<Store, 'database' | 'vault'>,
  {
    environmentId,
    webhooks,
    allowPrivateAddresses,
    at,
  }: {
    environmentId: string;
    webhooks: readonly WebhookSetting[];
    allowPrivateAddresses: boolean;
    at: string;
  },
): Promise<void> {
  const checked = webhooks.map((webhook) => ({
    environmentId,
    url: checkWebhook(webhook, { allowPrivateAddresses }),
    secret: webhook.secret,
    eventTypes: webhook.eventTypes ?? eventTypes,
    isSetting: true,
  }));
  await database.transaction().execute(async (transaction) => {
    for (const webhook of checked) await saveWebhook({ database: transaction, vault }, { ...webhook, at });
    await keepSettings(transaction, { environmentId, urls: checked.map(({ url }) => url) });
  });
}
