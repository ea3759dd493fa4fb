import type { Channel } from '../store/queries/deliveries.ts';

/** The name of the lock that keeps an integration from being synced twice at once. */
export function lockOf(integrationId: string): string {
  return `sync of ${integrationId}`;
}

/** The name of the lock that keeps events of one channel in order, and from being sent by two processes at once. */
export function channelLock({ webhookId, channel }: Channel): string {
  return `events of ${channel} to ${webhookId}`;
}
