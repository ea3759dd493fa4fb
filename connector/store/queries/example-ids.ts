import { sql } from 'kysely';
import type { Database } from '../schema.ts';

/** Ids with which calls of the API do something, by the names of parameters and fields. */
export type ExampleIds = Readonly<Record<string, string | null>>;

/**
 * Looks for ids in the oldest integration of an environment that has data.
 *
 * @returns undefined when there is none yet
 */
export async function findExampleIds(
  database: Database,
  environmentId: string,
): Promise<ExampleIds | undefined> {
  const { rows } = await sql<Record<string, string | null>>`
    select integration.id as integration_id,
      (select id from ats_jobs where integration_id = integration.id and status = 'OPEN' and remote_deleted_at is null
        order by number limit 1) as job_id,
      application.id as application_id, application.candidate_id,
      (select stage_id from ats_join_jobs_application_stages where integration_id = integration.id
        and job_id = application.job_id and remote_deleted_at is null order by index limit 1) as stage_id,
      (select id from webhooks where environment_id = integration.environment_id order by created_at limit 1) as webhook_id
    from integrations as integration left join lateral (
      select id, candidate_id, job_id from ats_applications
      where integration_id = integration.id and outcome = 'PENDING' and remote_deleted_at is null
      order by number limit 1
    ) as application on true
    where integration.environment_id = ${environmentId} and integration.first_synced_at is not null
      and integration.deleted_at is null and integration.is_enabled
    order by integration.created_at, integration.id limit 1
  `.execute(database);
  return rows[0];
}
