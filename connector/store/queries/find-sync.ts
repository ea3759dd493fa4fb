import { sql } from 'kysely';
import type { Database } from '../schema.ts';

/** Full reads everything and finds deletions; delta reads what changed (kombo-unified-api §4.5). */
export type SyncType = 'FULL' | 'DELTA';

/** How a sync stands or ended. */
export type SyncState =
  | 'QUEUED'
  | 'RUNNING'
  | 'SUCCEEDED'
  | 'PARTIALLY_FAILED'
  | 'FAILED'
  | 'AUTHENTICATION_FAILED'
  | 'CANCELLED'
  | 'TIMED_OUT';

/** One run over an integration's data. Times are instants with milliseconds and `Z`. */
export interface Sync {
  id: string;
  integrationId: string;
  type: SyncType;
  state: SyncState;
  /** When it started; of one that is QUEUED, when it was asked for. */
  startedAt: string;
  endedAt: string | null;
  /** What went wrong, for people; null when nothing did. */
  problem: string | null;
}

/** @returns undefined when there is no such sync */
export async function findSync(database: Database, id: string): Promise<Sync | undefined> {
  const { rows } = await sql<Sync>`select ${syncColumns} from syncs where id = ${id}`.execute(database);
  return rows[0];
}

/** @returns undefined when no sync of this type is running */
export async function findRunningSync(
  database: Database,
  integrationId: string,
  type: SyncType,
): Promise<Sync | undefined> {
  const { rows } = await sql<Sync>`
    select ${syncColumns} from syncs
    where integration_id = ${integrationId} and type = ${type} and state = 'RUNNING'
    order by started_at limit 1
  `.execute(database);
  return rows[0];
}

/** The columns of {@link Sync}. */
export const syncColumns = sql.raw(`
  id, integration_id as "integrationId", type, state, instant(started_at) as "startedAt",
  instant(ended_at) as "endedAt", problem`);
