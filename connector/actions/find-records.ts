// The records that the paths of actions name, by our ids.
import { sql } from 'kysely';
import { noSuchRecord } from '../errors.ts';
import type { Database } from '../store/schema.ts';

/** An application that is stored here. */
export interface FoundApplication {
  remoteId: string;
  /** Gem's id of the candidate; null when the candidate could not be stored. */
  candidateRemoteId: string | null;
  /** Gem's id of the job, and its name; null when the job is not stored. */
  jobRemoteId: string | null;
  jobName: string | null;
}

/** @throws UnifiedProblem when there is no such application, or it is gone from Gem */
export async function findApplication(
  database: Database,
  integrationId: string,
  id: string,
): Promise<FoundApplication> {
  const { rows } = await sql<FoundApplication>`
    select application.remote_id as "remoteId", candidate.remote_id as "candidateRemoteId",
      job.remote_id as "jobRemoteId", job.name as "jobName"
    from ats_applications as application
    left join ats_candidates as candidate on candidate.id = application.candidate_id
    left join ats_jobs as job on job.id = application.job_id
    where application.id = ${withoutNull(id)}::text and application.integration_id = ${integrationId}
      and application.remote_deleted_at is null
  `.execute(database);
  const [row] = rows;
  if (!row) throw noSuchRecord('application');
  return row;
}

/** @throws UnifiedProblem when there is no such candidate, or they are gone from Gem */
export async function findCandidate(
  database: Database,
  integrationId: string,
  id: string,
): Promise<{ remoteId: string }> {
  const { rows } = await sql<{ remoteId: string }>`
    select candidate.remote_id as "remoteId"
    from ats_candidates as candidate
    where candidate.id = ${withoutNull(id)}::text and candidate.integration_id = ${integrationId}
      and candidate.remote_deleted_at is null
  `.execute(database);
  const [row] = rows;
  if (!row) throw noSuchRecord('candidate');
  return row;
}

/** PostgreSQL takes no text with a NUL in it, and no id has one. */
function withoutNull(id: string): string {
  return id.replaceAll('\0', ' ');
}
