import { sql } from 'kysely';
import { invalidInput } from '../errors.ts';
import { GemError } from '../gem/errors.ts';
import { komboId } from '../identifiers.ts';
import type { Integration } from '../store/queries/integrations.ts';
import type { Database } from '../store/schema.ts';
import { readStages } from './gem-answers.ts';
import type { Services } from './services.ts';

/**
 * Finds the Gem id of a stage of a job (kombo-unified-api §3.1, §3.3). Gem is asked, because the job may have lost the
 * stage or got it since the last sync; what is stored counts where Gem does not say it.
 *
 * @throws UnifiedProblem when the stage is not one of the job's
 */
export async function resolveStage(
  { database, clientOf }: Pick<Services, 'database' | 'clientOf'>,
  integration: Integration,
  job: { id: string; remoteId: string },
  stageId: string,
): Promise<string> {
  const stages = await askForStages();
  const remoteId =
    stages.length > 0
      ? stages.find(({ id }) => komboId(integration.id, id) === stageId)?.id
      : await findStage(database, job.id, stageId);
  if (remoteId === undefined) {
    throw invalidInput(
      "The stage is not one of the job's. Take its id from the stages of the job in /ats/jobs.",
    );
  }
  return remoteId;

  async function askForStages(): Promise<{ id: string }[]> {
    try {
      const path = { job_id: job.remoteId };
      const first = readStages(await clientOf(integration).send('listStagesOfJob', { path }));
      // No pipeline is as long; a list that is full may go on.
      if (first.length < fullPage) return first;
      const more = await clientOf(integration).send('listStagesOfJob', { path, query: { page: 2 } });
      return [...first, ...readStages(more)];
    } catch (error) {
      // Where Gem is down, the write tells it.
      if (error instanceof GemError) return [];
      throw error;
    }
  }
}

/** Gem's own size of a page (gem-ats-api §1.5). */
const fullPage = 100;

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
