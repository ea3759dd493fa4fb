export { beginReading } from '../store/queries/rows.ts';
export { connectIntegration, type GemAccount } from './connect-integration.ts';
export { ShuttingDown, SyncCancelled, SyncTimedOut } from './interruption.ts';
export type { RunSync } from './reading.ts';
export { runSync, type SyncSummary } from './run-sync.ts';
export { saveRecords, type SaveRecords } from './save-records.ts';
export type { OnProgress, SyncProgress } from './progress.ts';
