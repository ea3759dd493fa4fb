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
export { beginSync } from './queries/syncs.ts';
export { endSync } from './queries/syncs.ts';
export { queueSync } from './queries/syncs.ts';
export { integrationsWithUnfinishedSyncs, unfinishedSyncs } from './queries/syncs.ts';
export { readProgress, saveProgress, type ListingProgress, type Progress } from './queries/progress.ts';
export { findSyncReport, listSyncs, type SyncReport } from './queries/syncs.ts';
export { listSchedules } from './queries/syncs.ts';
export { countRows } from './queries/rows.ts';
export { readDrift, type DriftReport } from './queries/rejected.ts';
export {
  markAuthenticationFailing,
  markAuthenticationWorking,
  markIntegrationDeleted,
  markIntegrationInvalid,
  setIntegrationEnabled,
} from './queries/integration-state.ts';
export { findRunningSync, findSync, type Sync, type SyncState, type SyncType } from './queries/syncs.ts';
export { deleteExpired } from './queries/expiry.ts';
export { clearGoneRows } from './queries/expiry.ts';
export { discardDeleted } from './queries/expiry.ts';
export { readEndUser, saveEndUser, type EndUser } from './queries/integrations.ts';
export { listIntegrationFields, type IntegrationField } from './queries/fields.ts';
export { modelsWithFields, noteIntegrationFields } from './queries/fields.ts';
export { passOnField } from './queries/fields.ts';
export {
  listCustomFields,
  listFieldMappings,
  saveCustomFields,
  type CustomField,
  type FieldMapping,
} from './queries/fields.ts';
export { mapCustomField } from './queries/fields.ts';
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
export { sharesUsers } from './queries/integrations.ts';
export { deleteWebhook, listWebhooks, saveWebhook, type Webhook } from './queries/webhooks.ts';
export { dueChannels, type Channel } from './queries/deliveries.ts';
export { nextDelivery } from './queries/deliveries.ts';
export { keepTry } from './queries/deliveries.ts';
export { listDeliveries, type DeliveryReport } from './queries/deliveries.ts';
export { pruneSyncs } from './queries/syncs.ts';
export { pruneWebhookEvents } from './queries/deliveries.ts';
export { savePublicUrl } from './queries/environments.ts';
