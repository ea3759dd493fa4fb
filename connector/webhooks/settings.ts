import type { Store } from '../store/open-store.ts';
import { removeOtherSettings, saveWebhook } from '../store/queries/webhooks.ts';
import { checkWebhook } from './check-webhook.ts';
import { type EventType, eventTypes } from './events.ts';

/** How events are sent. */
export interface DeliverySettings {
  /** Milliseconds within which a receiver has to answer. */
  timeLimit: number;
  /** Milliseconds after each attempt that failed; there is one attempt more than delays. */
  delays: readonly number[];
  /** Lets addresses of this machine and of private networks be called, for laptops and closed networks. */
  allowPrivateAddresses: boolean;
}

const second = 1000;
const minute = 60 * second;

/** Five attempts within forty minutes (kombo-unified-api §8 #21): the events behind one wait that long at most. */
export const defaultDelivery: DeliverySettings = {
  timeLimit: 10 * second,
  delays: [10 * second, minute, 6 * minute, 30 * minute],
  allowPrivateAddresses: false,
};

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
    await removeOtherSettings(transaction, { environmentId, urls: checked.map(({ url }) => url) });
  });
}
