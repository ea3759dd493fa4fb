import { toInstant } from '../../../contracts/clock.ts';
import type { Handlers } from '../../../contracts/server/mount.ts';
import type { UnifiedOperations, UnifiedSchemas } from '../../../contracts/unified.ts';
import type { Services } from '../../actions/services.ts';
import { invalidInput, UnifiedProblem } from '../../errors.ts';
import { type DeliveryReport, listDeliveries, sendOnceMore } from '../../store/queries/deliveries.ts';
import { deleteWebhook, listWebhooks, saveWebhook, type Webhook } from '../../store/queries/webhooks.ts';
import { checkWebhook, UnusableWebhook } from '../../webhooks/check-webhook.ts';
import { eventTypes } from '../../webhooks/events.ts';
import type { Caller } from '../admission.ts';

/** One handler for each operation on webhooks, which are this connector's own (kombo-unified-api §4.7). */
export function webhookHandlers(services: Services) {
  const { database, clock } = services;
  return {
    getWebhooks: async (_, { environmentId }) =>
      ok({ results: (await listWebhooks(database, environmentId)).map(toItem) }),
    saveWebhook: async ({ body }, { environmentId }) => {
      const webhook = await saveWebhook(services, {
        environmentId,
        url: readUrl(services, body),
        secret: body.secret,
        eventTypes: body.event_types ?? eventTypes,
        isSetting: false,
        at: toInstant(clock.now()),
      });
      return ok(toItem(webhook));
    },
    deleteWebhook: async ({ path }, { environmentId }) => {
      if (await deleteWebhook(database, { environmentId, id: path.webhook_id })) return ok({});
      const message = 'This environment has no webhook with this id. Take it from /webhooks.';
      throw new UnifiedProblem('PLATFORM.INPUT_INVALID', message, { status: 404 });
    },
    getWebhookDeliveries: async (_, { environmentId }) => {
      const deliveries = await listDeliveries(database, { environmentId, limit: 100 });
      return ok({ results: deliveries.map(toDelivery) });
    },
    sendDeliveryAgain: async ({ path, body }, { environmentId }) => {
      const at = toInstant(clock.now());
      const delivery = { environmentId, eventId: path.event_id, webhookId: body.webhook_id, at };
      if (await sendOnceMore(database, delivery)) {
        await services.sendEvents();
        return ok({});
      }
      const message = 'This environment has no such delivery. Take both ids from /webhooks/deliveries.';
      throw new UnifiedProblem('PLATFORM.INPUT_INVALID', message, { status: 404 });
    },
  } satisfies Partial<Handlers<UnifiedOperations, Caller>>;
}

function readUrl({ downloads }: Services, body: UnifiedSchemas['SaveWebhookBody']): string {
  try {
    return checkWebhook(body, downloads);
  } catch (error) {
    if (error instanceof UnusableWebhook) throw invalidInput(`${sentence(error.message)}.`, error);
    throw error;
  }
}

function toItem({ id, url, eventTypes: types, createdAt: created_at }: Webhook): UnifiedSchemas['Webhook'] {
  return { id, url, event_types: types, created_at };
}

function toDelivery(delivery: DeliveryReport): UnifiedSchemas['WebhookDelivery'] {
  return {
    payload: delivery.payload,
    event_id: delivery.eventId,
    event_type: delivery.eventType,
    integration_id: delivery.integrationId,
    webhook_id: delivery.webhookId,
    url: delivery.url,
    state: delivery.state,
    created_at: delivery.createdAt,
    next_try_at: delivery.nextTryAt,
    tries: delivery.tries,
  };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function ok<Data>(data: Data) {
  return { status: 200 as const, body: { status: 'success' as const, data } };
}
