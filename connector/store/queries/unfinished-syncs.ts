import { sql } from 'kysely';
import type { Database } from '../schema.ts';
import { syncColumns, type Sync } from './find-sync.ts';

/** An integration's syncs that run or wait, in the order in which they are to be worked off. */
export async function unfinishedSyncs(database: Database, integrationId: string): Promise<Sync[]> {
  const { rows } = await sql<Sync>`
    select ${syncColumns} from syncs
    where integration_id = ${integrationId} and state in ('QUEUED', 'RUNNING')
    order by state = 'RUNNING' desc, started_at, id
  `.execute(database);
  return rows;
}

/** The integrations that have a sync that runs or waits. */
export async function integrationsWithUnfinishedSyncs(database: Database): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct integration_id as id from syncs where state in ('QUEUED', 'RUNNING')
  `.execute(database);
  return rows.map(({ id }) => id);
}
