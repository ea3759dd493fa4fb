export { beginReading } from '../store/queries/rows.ts';
export { connectIntegration, type ConnectIntegration } from './connect-integration.ts';
export { ShuttingDown, SyncCancelled, SyncTimedOut } from './interruption.ts';
export { runSync, type RunSync, type SyncSummary } from './run-sync.ts';
export { saveRecords, type SaveRecords } from './save-records.ts';
export type { OnProgress, SyncProgress } from './progress.ts';
