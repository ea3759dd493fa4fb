import { sql } from 'kysely';
import { invalidInput } from '../errors.ts';
import { komboId } from '../models/identifiers.ts';
import type { Database, Integration } from '../store/index.ts';
import type { Services } from './services.ts';

/**
 * Finds the Gem id of a stage of a job (kombo-unified-api §3.1, §3.3). Gem is asked where the stage is not stored: the job
 * may never have been synced, or may have got the stage since.
 *
 * @throws UnifiedProblem when the stage is not one of the job's
 */
export async function resolveStage(
  { database, clientOf }: Services,
  integration: Integration,
  job: { id: string; remoteId: string },
  stageId: string,
): Promise<string> {
  const remoteId = (await findStage(database, job.id, stageId)) ?? (await askForStage());
  if (remoteId === undefined) {
    throw invalidInput(
      "The stage is not one of the job's. Take its id from the stages of the job in /ats/jobs.",
    );
  }
  return remoteId;

  async function askForStage(): Promise<string | undefined> {
    const stages = await clientOf(integration).call('listStagesOfJob', { path: { job_id: job.remoteId } });
    return stages.find(({ id }) => komboId(integration.id, id) === stageId)?.id;
  }
}

async function findStage(database: Database, jobId: string, stageId: string): Promise<string | undefined> {
  const { rows } = await sql<{ remote_id: string }>`
    select stage.remote_id
    from ats_join_jobs_application_stages as place
    join ats_application_stages as stage on stage.id = place.stage_id
    where place.job_id = ${jobId}::text and place.stage_id = ${stageId}::text
      and place.remote_deleted_at is null and stage.remote_deleted_at is null
    limit 1
  `.execute(database);
  return rows[0]?.remote_id;
}
