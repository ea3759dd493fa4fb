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
  /** Milliseconds after which a webhook that nothing has reached is switched off. */
  patience: number;
  /** Lets addresses of this machine and of private networks be called, for laptops and closed networks. */
  allowPrivateAddresses: boolean;
}

const second = 1000;
const minute = 60 * second;
const day = 24 * 60 * minute;

/**
 * Five attempts within forty minutes (kombo-unified-api §8 #21): the events behind one wait that long at most. Three days without
 * an arrival are as long as credentials may fail (kombo-unified-api §4.8).
 */
export const defaultDelivery: DeliverySettings = {
  timeLimit: 10 * second,
  delays: [10 * second, minute, 6 * minute, 30 * minute],
  patience: 3 * day,
  allowPrivateAddresses: false,
};

/** A webhook that is given at the start. */
export interface WebhookSetting {
  url: string;
  /** Signs what is sent. */
  secret: string;
  /** The secret before, which is valid as long as it is given. */
  previousSecret?: string | undefined;
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
    previous: webhook.previousSecret === undefined ? undefined : { secret: webhook.previousSecret },
    eventTypes: webhook.eventTypes ?? eventTypes,
    isSetting: true,
  }));
  await database.transaction().execute(async (transaction) => {
    for (const webhook of checked) await saveWebhook({ database: transaction, vault }, { ...webhook, at });
    await removeOtherSettings(transaction, { environmentId, urls: checked.map(({ url }) => url) });
  });
}
