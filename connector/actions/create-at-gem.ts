import { sql } from 'kysely';
import type { GemSchemas } from '../../contracts/gem.ts';
import { existingApplication } from '../errors.ts';
import { GemRefusedInput, GemUnavailable, type GemClient } from '../gem/index.ts';
import { komboId } from '../models/identifiers.ts';
import type { Database } from '../store/index.ts';

/** A candidate at Gem, and which of their applications is the new one. */
export interface CreatedAtGem {
  candidate: GemSchemas['Candidate'];
  application: GemSchemas['Application'];
}

/**
 * Creates a candidate with an application at Gem. When Gem's answer got lost, it is looked up whether the write
 * happened before the call is called a failure, because a caller who tries again would create it twice.
 *
 * @throws UnifiedProblem when the person has applied to the job already; GemError for all else
 */
export async function createAtGem(
  gem: GemClient,
  body: GemSchemas['CreateCandidateBody'],
  isKnown: (applicationRemoteId: string) => Promise<boolean>,
): Promise<CreatedAtGem> {
  try {
    const candidate = await gem.call('createCandidate', { body });
    const application = newestApplication(candidate, body.job_id);
    if (!application) throw new Error('Gem answered the creation of an application without one');
    return { candidate, application };
  } catch (error) {
    if (
      error instanceof GemRefusedInput &&
      error.problem?.errors &&
      'duplicate_candidate' in error.problem.errors
    ) {
      throw existingApplication(error);
    }
    if (!(error instanceof GemUnavailable)) throw error;
    const created = await findLostWrite(gem, body);
    if (!created || (await isKnown(created.application.id))) throw error;
    return created;
  }
}

/** Tells whether an application was stored before, so that it cannot be a new one. */
export function knownApplications(database: Database, integrationId: string) {
  return async (remoteId: string): Promise<boolean> => {
    const { rows } = await sql`
      select from ats_applications as application where application.id = ${komboId(integrationId, remoteId)}::text
    `.execute(database);
    return rows.length > 0;
  };
}

async function findLostWrite(
  gem: GemClient,
  { email, job_id: jobId }: GemSchemas['CreateCandidateBody'],
): Promise<CreatedAtGem | undefined> {
  const candidates = await gem.call('listCandidates', { query: { email } });
  for (const candidate of candidates) {
    const application = newestApplication(candidate, jobId);
    if (application?.status === 'active') return { candidate, application };
  }
  return undefined;
}

/** A person may have applied to the job before and been rejected; the newest application is this one. */
function newestApplication(
  { applications = [] }: GemSchemas['Candidate'],
  jobId: string,
): GemSchemas['Application'] | undefined {
  return applications
    .filter(({ jobs }) => jobs[0]?.id === jobId)
    .toSorted((one, other) => one.applied_at.localeCompare(other.applied_at))
    .at(-1);
}
