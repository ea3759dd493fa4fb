export { openStore, type Engine, type OpenStore, type Store } from './open-store.ts';
export type { Lock, Locks } from './locks.ts';
export { DatabaseUnreachable } from './database-unreachable.ts';
export { watchOutages, type Outages } from './outage.ts';
export type { Database, Schema } from './schema.ts';
export { StoreInUse } from './lock.ts';
export { LostKey, MissingKey, UnusableKey, VaultCannotOpen, WrongKey, type Vault } from './vault.ts';
export {
  findIntegration,
  listIntegrations,
  saveIntegration,
  type Integration,
  type IntegrationState,
} from './queries/integrations.ts';
export { createEnvironment, findEnvironment, type Environment } from './queries/environments.ts';
export { beginSync } from './queries/begin-sync.ts';
export { endSync } from './queries/end-sync.ts';
export { queueSync } from './queries/queue-sync.ts';
export { integrationsWithUnfinishedSyncs, unfinishedSyncs } from './queries/unfinished-syncs.ts';
export { readProgress, saveProgress, type ListingProgress, type Progress } from './queries/save-progress.ts';
export { findSyncReport, listSyncs, type SyncReport } from './queries/list-syncs.ts';
export { listSchedules } from './queries/list-schedules.ts';
export { countRows } from './queries/count-rows.ts';
export { readDrift, type DriftReport } from './queries/drift.ts';
export {
  markAuthenticationFailing,
  markAuthenticationWorking,
  markIntegrationDeleted,
  markIntegrationInvalid,
  setIntegrationEnabled,
} from './queries/integration-state.ts';
export { findRunningSync, findSync, type Sync, type SyncState, type SyncType } from './queries/find-sync.ts';
export { deleteExpired } from './queries/delete-expired.ts';
export { clearGoneRows } from './queries/clear-gone-rows.ts';
export { discardDeleted } from './queries/discard-deleted.ts';
export { readEndUser, saveEndUser, type EndUser } from './queries/end-user.ts';
export { listIntegrationFields, type IntegrationField } from './queries/integration-fields.ts';
export { modelsWithFields, noteIntegrationFields } from './queries/note-integration-fields.ts';
export { passOnField } from './queries/pass-on-field.ts';
export {
  listCustomFields,
  listFieldMappings,
  saveCustomFields,
  type CustomField,
  type FieldMapping,
} from './queries/custom-fields.ts';
export { mapCustomField } from './queries/map-custom-field.ts';
export {
  completeLink,
  countRefusal,
  createLink,
  findConnected,
  findLink,
  keepKey,
  type ConnectionLink,
  type LinkPurpose,
  type NewLink,
} from './queries/connection-links.ts';
export { sharesUsers } from './queries/shares-users.ts';
export { deleteWebhook, listWebhooks, saveWebhook, type Webhook } from './queries/webhooks.ts';
export { dueChannels, type Channel } from './queries/due-channels.ts';
export { nextDelivery } from './queries/next-delivery.ts';
export { keepTry } from './queries/keep-try.ts';
export { listDeliveries, type DeliveryReport } from './queries/list-deliveries.ts';
export { pruneSyncs } from './queries/prune-syncs.ts';
export { pruneWebhookEvents } from './queries/prune-webhook-events.ts';
export { savePublicUrl } from './queries/public-url.ts';
