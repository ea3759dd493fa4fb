// The records that the paths of actions name, by our ids.
import { sql } from 'kysely';
import { noSuchRecord } from '../errors.ts';
import type { Database } from '../store/schema.ts';
import { GemAnswerUnreadable, GemError, GemThrottled, GemUnavailable } from '../gem/errors.ts';
import type { GemClient } from '../gem/client.ts';
import { askForApplication, askForCandidate } from './applications-of-person.ts';
import type { SeenApplication } from './gem-answers.ts';

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

/**
 * Asks Gem how an application stands now. That an application can be asked for by its id is not proven (gem-ats-api §2.1),
 * so where that is refused it is looked for with its candidate.
 *
 * @returns undefined where Gem does not let it be asked
 * @throws GemError when Gem is down, or knows neither the application nor its candidate
 */
export async function showApplication(
  gem: GemClient,
  { remoteId, candidateRemoteId }: Pick<FoundApplication, 'remoteId' | 'candidateRemoteId'>,
): Promise<SeenApplication | undefined> {
  try {
    const application = await askForApplication(gem, remoteId);
    if (application) return application;
  } catch (error) {
    const isDown = error instanceof GemUnavailable || error instanceof GemThrottled;
    if (isDown || !(error instanceof GemError) || candidateRemoteId === null) throw error;
    const candidate = await askForCandidate(gem, candidateRemoteId).catch(() => {
      throw error;
    });
    const nested = candidate?.applications.find(({ id }) => id === remoteId);
    // A candidate who names others and not this one has lost it.
    if (!nested && candidate?.namesApplications && !candidate.applicationIds.includes(remoteId)) throw error;
    return nested;
  }
  return undefined;
}

/**
 * Whose application it is by now, and for which job: Gem is asked, and what is stored counts where it does not say it.
 *
 * @throws GemError when neither says it
 */
export async function currentApplication(
  gem: GemClient,
  stored: FoundApplication,
): Promise<{ candidateId: string; jobName: string | null }> {
  const { candidateRemoteId, jobRemoteId } = stored;
  const shown = await showApplication(gem, stored).catch((error: unknown) => {
    if (candidateRemoteId !== null && error instanceof GemError) return undefined;
    throw error;
  });
  const candidateId = shown?.candidateId ?? candidateRemoteId;
  if (candidateId === null) {
    throw new GemAnswerUnreadable('getApplication', 'Gem does not say whose application it is');
  }
  // Of a job that is stored, the lists have the name.
  const job = shown?.job;
  return { candidateId, jobName: job && job.id !== jobRemoteId ? job.name : stored.jobName };
}
