import { toInstant } from '../../../contracts/clock.ts';
import type { Handlers } from '../../../contracts/server/mount.ts';
import type { UnifiedOperations, UnifiedSchemas } from '../../../contracts/unified.ts';
import type { Services } from '../../actions/services.ts';
import { invalidInput, UnifiedProblem, withoutCategory } from '../../errors.ts';
import {
  type DeliveryReport,
  listDeliveries,
  recoverSince,
  sendOnceMore,
} from '../../store/queries/deliveries.ts';
import {
  deleteWebhook,
  listWebhooks,
  saveWebhook,
  setWebhookEnabled,
  type Webhook,
} from '../../store/queries/webhooks.ts';
import { checkWebhook, UnusableWebhook } from '../../webhooks/check-webhook.ts';
import { eventTypes } from '../../webhooks/events.ts';
import type { Caller } from '../admission.ts';
import { readMoment } from '../lists/filters.ts';

/** One handler for each operation on webhooks, which are this connector's own (kombo-unified-api §4.7). */
export function webhookHandlers(services: Services) {
  const { database, clock } = services;
  const now = () => toInstant(clock.now());
  return {
    getWebhooks: async (_, { environmentId }) =>
      ok({ results: (await listWebhooks(database, { environmentId, at: now() })).map(toItem) }),
    saveWebhook: async ({ body }, { environmentId }) => {
      const webhook = await saveWebhook(services, {
        environmentId,
        url: readUrl(services, body),
        secret: body.secret,
        eventTypes: body.event_types ?? eventTypes,
        isSetting: false,
        previous: previousOf(body, clock.now()),
        at: now(),
      });
      return ok(toItem(webhook));
    },
    deleteWebhook: async ({ path }, { environmentId }) => {
      if (await deleteWebhook(database, { environmentId, id: path.webhook_id })) return ok({});
      throw noSuchWebhook();
    },
    setWebhookEnabled: async ({ path: { webhook_id: id }, body }, { environmentId }) => {
      const change = { environmentId, id, isEnabled: body.value, at: now() };
      const webhook = await setWebhookEnabled(database, change);
      if (!webhook) throw noSuchWebhook();
      return ok(toItem(webhook));
    },
    recoverDeliveries: async ({ path: { webhook_id: webhookId }, body }, { environmentId }) => {
      const at = now();
      const known = await listWebhooks(database, { environmentId, at });
      const webhook = known.find(({ id }) => id === webhookId);
      if (!webhook) throw noSuchWebhook();
      if (webhook.switchedOffAt !== null) throw withoutCategory(switchOnFirst, 409);
      const since = readMoment(body.since, 'body since');
      const events = await recoverSince(database, { webhookId, since, at });
      await services.sendEvents();
      return ok({ events });
    },
    getWebhookDeliveries: async (_, { environmentId }) => {
      const deliveries = await listDeliveries(database, { environmentId, limit: 100 });
      return ok({ results: deliveries.map(toDelivery) });
    },
    sendDeliveryAgain: async ({ path, body }, { environmentId }) => {
      const at = now();
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

const noSuchWebhook = () =>
  new UnifiedProblem(
    'PLATFORM.INPUT_INVALID',
    'This environment has no webhook with this id. Take it from /webhooks.',
    { status: 404 },
  );

const switchOnFirst =
  'The webhook is switched off. Switch it on with PUT /webhooks/{webhook_id}/enabled and repeat the call.';

function previousOf({ previous_secret_hours: hours = 0 }: UnifiedSchemas['SaveWebhookBody'], now: number) {
  return hours === 0 ? undefined : { storedUntil: toInstant(now + hours * 3_600_000) };
}

function readUrl({ downloads }: Services, body: UnifiedSchemas['SaveWebhookBody']): string {
  try {
    return checkWebhook(body, downloads);
  } catch (error) {
    if (error instanceof UnusableWebhook) throw invalidInput(`${sentence(error.message)}.`, error);
    throw error;
  }
}

function toItem(webhook: Webhook): UnifiedSchemas['Webhook'] {
  return {
    id: webhook.id,
    url: webhook.url,
    event_types: webhook.eventTypes,
    created_at: webhook.createdAt,
    is_enabled: webhook.switchedOffAt === null,
    switched_off_at: webhook.switchedOffAt,
    failing_since: webhook.failingSince,
    problem: webhook.problem,
    has_previous_secret: webhook.hasPreviousSecret,
    previous_secret_until: webhook.previousSecretUntil,
  };
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
