import { sql } from 'kysely';
import { closedJob, invalidInput } from '../errors.ts';
import { GemNotFound } from '../gem/index.ts';
import { komboId } from '../models/identifiers.ts';
import type { Database, Integration } from '../store/index.ts';
import type { Services } from './services.ts';

/** A job that takes applications. */
export interface ResolvedJob {
  id: string;
  remoteId: string;
}

/**
 * Finds the job that a create call names, by its id or by `remote:` and Gem's id (kombo-unified-api §3.1).
 *
 * @throws UnifiedProblem when there is no such job, or when it is closed
 */
export async function resolveJob(
  { database, clientOf }: Services,
  integration: Integration,
  reference: string,
): Promise<ResolvedJob> {
  const isRemote = reference.startsWith('remote:');
  const id = isRemote ? komboId(integration.id, reference.slice('remote:'.length)) : reference;
  const stored = await findJob(database, integration.id, id);
  if (stored?.is_deleted) throw invalidInput('The job was deleted in Gem.');
  if (stored?.status === 'CLOSED') throw closedJob();
  if (stored) return { id, remoteId: stored.remote_id };
  if (!isRemote) {
    throw invalidInput(
      'No job has this id. Take the id of a job from /ats/jobs, or "remote:" and its id in Gem.',
    );
  }

  const remoteId = reference.slice('remote:'.length);
  try {
    const job = await clientOf(integration).call('getJob', { path: { job_id: remoteId } });
    if (job.status === 'closed') throw closedJob();
  } catch (error) {
    if (error instanceof GemNotFound)
      throw invalidInput('Gem has no job with the id after "remote:".', error);
    throw error;
  }
  return { id, remoteId };
}

async function findJob(database: Database, integrationId: string, id: string) {
  const { rows } = await sql<{ remote_id: string; status: string | null; is_deleted: boolean }>`
    select job.remote_id, job.status, job.remote_deleted_at is not null as is_deleted
    from ats_jobs as job
    where job.integration_id = ${integrationId}::text and job.id = ${id}::text
  `.execute(database);
  return rows[0];
}
