import type { UnifiedSchemas } from '../../contracts/unified.ts';

/** What an event tells of (kombo-unified-api §4.7). */
export type EventType = UnifiedSchemas['WebhookEventType'];

/** Every type of event. */
export const eventTypes = [
  'data-changed',
  'sync-finished',
  'integration-created',
  'integration-deleted',
  'integration-state-changed',
  'connection-flow-failed',
] as const satisfies readonly EventType[];
