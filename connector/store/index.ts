export { openStore, type Store } from './open-store.ts';
export type { Database, Schema } from './schema.ts';
export { StoreInUse } from './lock.ts';
export { UnusableKey, VaultCannotOpen, type Vault } from './vault.ts';
export {
  findIntegration,
  listIntegrations,
  saveIntegration,
  type Integration,
} from './queries/integrations.ts';
export { createEnvironment, findEnvironment, type Environment } from './queries/environments.ts';
export { beginSync } from './queries/begin-sync.ts';
export { endSync } from './queries/end-sync.ts';
export { findRunningSync, findSync, type Sync, type SyncState, type SyncType } from './queries/find-sync.ts';
