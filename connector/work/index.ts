export { awaitSync, enduring } from './await-sync.ts';
export type { JobData, Kind, WorkContext } from './kind.ts';
export { kinds } from './kinds.ts';
export { openQueue, type Queue } from './queue.ts';
export { NotSynced, requestSync, type RequestedSync } from './request-sync.ts';
export { readWorkSettings, type GivenWorkSettings, type WorkSettings } from './settings.ts';
export { startWorker, type Worker } from './start-worker.ts';
export { syncNow } from './sync-now.ts';
