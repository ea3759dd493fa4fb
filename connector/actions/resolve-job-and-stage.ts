import { sql } from 'kysely';
import { closedJob, invalidInput } from '../errors.ts';
import { GemError, GemThrottled, GemUnavailable } from '../gem/errors.ts';
import { pagesOf } from '../gem/pages.ts';
import type { GemClient } from '../gem/client.ts';
import { komboId } from '../identifiers.ts';
import type { Integration } from '../store/queries/integrations.ts';
import type { Database } from '../store/schema.ts';
import { readJob, type SeenJob, readStages } from './gem-answers.ts';
import type { Services } from './services.ts';

/** A job that takes applications. */
export interface ResolvedJob {
  id: string;
  remoteId: string;
}

/**
 * Finds the job that a create call names, by its id or by `remote:` and Gem's id (kombo-unified-api §3.1). Gem is asked
 * how it stands, because it may have been closed, reopened or deleted since the last sync; what is stored counts where
 * Gem does not say it.
 *
 * @throws UnifiedProblem when there is no such job, or when it is closed
 */
export async function resolveJob(
  { database, clientOf }: Pick<Services, 'database' | 'clientOf'>,
  integration: Integration,
  reference: string,
): Promise<ResolvedJob> {
  const given = reference.startsWith('remote:') ? reference.slice('remote:'.length) : undefined;
  const id = given === undefined ? reference : komboId(integration.id, given);
  const stored = await findJob(database, integration.id, id);
  const remoteId = given ?? stored?.remoteId;
  if (remoteId === undefined) {
    throw invalidInput(
      'No job has this id. Take the id of a job from /ats/jobs, or "remote:" and its id in Gem.',
    );
  }

  const shown = await askForJob(clientOf(integration), remoteId).catch((error: unknown) => {
    // A Gem that is down is no reason to refuse a job that is stored: the write tells whether it is.
    if (stored && error instanceof GemError) return undefined;
    throw error;
  });
  const job = shown ?? stored;
  if (!job) throw invalidInput('Gem has no job with the id after "remote:".');
  if (job.isDeleted) throw invalidInput('The job was deleted in Gem.');
  if (job.isClosed) throw closedJob();
  return { id, remoteId };
}

/** Whether a job is closed by what Gem says now; false where it does not say it. */
export async function isClosedNow(
  { clientOf }: Pick<Services, 'clientOf'>,
  integration: Integration,
  remoteId: string,
): Promise<boolean> {
  try {
    return (await askForJob(clientOf(integration), remoteId))?.isClosed ?? false;
  } catch (error) {
    if (error instanceof GemError) return false;
    throw error;
  }
}

/**
 * Asks Gem for a job. That a job can be asked for by its id is not proven (gem-ats-api §2.1), so where it is not there the
 * list of jobs is looked through.
 *
 * @returns undefined when neither has it
 */
async function askForJob(gem: GemClient, id: string): Promise<SeenJob | undefined> {
  const job = await unlessDown(async () => readJob(await gem.send('getJob', { path: { job_id: id } })));
  return job?.id === id ? job : unlessDown(() => findInList(gem, id));
}

/** A job that Gem does not have, or does not let us ask for, is not there. While Gem is down, that is not known. */
async function unlessDown<Result>(ask: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await ask();
  } catch (error) {
    const isDown = error instanceof GemUnavailable || error instanceof GemThrottled;
    if (isDown || !(error instanceof GemError)) throw error;
    return undefined;
  }
}

async function findInList(gem: GemClient, id: string): Promise<SeenJob | undefined> {
  for await (const { records } of pagesOf(gem, 'listJobs')) {
    const job = records.map(readJob).find((one) => one?.id === id);
    if (job) return job;
  }
  return undefined;
}

async function findJob(
  database: Database,
  integrationId: string,
  id: string,
): Promise<(Omit<SeenJob, 'id'> & { remoteId: string }) | undefined> {
  const { rows } = await sql<Omit<SeenJob, 'id'> & { remoteId: string }>`
    select job.remote_id as "remoteId", coalesce(job.status = 'CLOSED', false) as "isClosed",
      job.remote_deleted_at is not null as "isDeleted"
    from ats_jobs as job
    where job.integration_id = ${integrationId}::text and job.id = ${id.replaceAll('\0', ' ')}::text
  `.execute(database);
  return rows[0];
}

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
