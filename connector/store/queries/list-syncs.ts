import { sql } from 'kysely';
import type { Database } from '../schema.ts';
import { syncColumns, type Sync } from './find-sync.ts';
import type { Progress } from './save-progress.ts';

/** A sync with how far it has come. */
export interface SyncReport extends Sync {
  progress: Progress;
  /** Records that were kept aside when it ended; null until then. */
  rejectedCount: number | null;
}

/** An integration's latest syncs, the newest first. */
export async function listSyncs(
  database: Database,
  { integrationId, limit }: { integrationId: string; limit: number },
): Promise<SyncReport[]> {
  const { rows } = await sql<SyncReport>`
    select ${syncColumns}, progress, rejected_count as "rejectedCount" from syncs
    where integration_id = ${integrationId}
    order by started_at desc, state = 'QUEUED' desc, ended_at desc, id
    limit ${limit}
  `.execute(database);
  return rows;
}

/** @returns undefined when there is no such sync */
export async function findSyncReport(database: Database, id: string): Promise<SyncReport | undefined> {
  const { rows } = await sql<SyncReport>`
    select ${syncColumns}, progress, rejected_count as "rejectedCount" from syncs where id = ${id}
  `.execute(database);
  return rows[0];
}
