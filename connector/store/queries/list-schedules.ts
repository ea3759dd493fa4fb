import { sql } from 'kysely';
import type { SyncHistory } from '../../policy/schedule.ts';
import type { Database } from '../schema.ts';

/** What the schedule needs to know of every integration that is switched on and valid. */
export async function listSchedules(
  database: Database,
): Promise<({ integrationId: string } & SyncHistory)[]> {
  const { rows } = await sql<{ integrationId: string } & SyncHistory>`
    select integration.id as "integrationId",
      integration.first_synced_at is not null as "hasData",
      instant(integration.authentication_failing_since) as "failingSince",
      instant(max(sync.started_at) filter (where sync.type = 'FULL')) as "lastFull",
      instant(max(sync.started_at) filter (where sync.type = 'DELTA')) as "lastDelta",
      count(sync.id) filter (where sync.state in ('QUEUED', 'RUNNING')) > 0 as "isBusy"
    from integrations as integration left join syncs as sync on sync.integration_id = integration.id
    where integration.is_enabled and integration.deleted_at is null and integration.invalid_since is null
    group by integration.id
    order by integration.id
  `.execute(database);
  return rows;
}
