import { sql } from 'kysely';
import type { GemSchemas } from '../../contracts/gem.ts';
import { existingApplication } from '../errors.ts';
import { GemAnswerUnreadable, GemRefusedInput, type GemClient } from '../gem/index.ts';
import { komboId } from '../models/identifiers.ts';
import type { Database } from '../store/index.ts';
import { writeOnce } from './write-once.ts';

/** A candidate at Gem, and which of their applications is the new one. */
export interface CreatedAtGem {
  candidate: GemSchemas['Candidate'];
  application: GemSchemas['Application'];
}

/**
 * Creates a candidate with an application at Gem. When Gem's answer got lost, it is looked up whether the write
 * happened before it is tried again or called a failure.
 *
 * @param isKnown whether an application was there before, so that it cannot be the new one
 * @throws UnifiedProblem when the person has applied to the job already; GemError for all else
 */
export function createAtGem(
  gem: GemClient,
  body: GemSchemas['CreateCandidateBody'],
  isKnown: (applicationRemoteId: string) => Promise<boolean>,
): Promise<CreatedAtGem> {
  return writeOnce(gem, {
    write: () => write(gem, body),
    find: async () => {
      const created = await findLostWrite(gem, body);
      return created && (await isKnown(created.application.id)) ? undefined : created;
    },
  });
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

/** Whether Gem refused a body because of the source that it names. */
export function isRefusalOfSource(error: unknown): boolean {
  const fields = error instanceof GemRefusedInput ? error.problem?.errors?.['json'] : undefined;
  return typeof fields === 'object' && fields !== null && 'source_id' in fields;
}

const withoutApplication = 'Gem answered the creation of an application without one';

async function write(gem: GemClient, body: GemSchemas['CreateCandidateBody']): Promise<CreatedAtGem> {
  try {
    const candidate = await gem.call('createCandidate', { body });
    const application = newestApplication(candidate, body.job_id);
    if (!application) throw new GemAnswerUnreadable('createCandidate', withoutApplication);
    return { candidate, application };
  } catch (error) {
    const errors = error instanceof GemRefusedInput ? error.problem?.errors : undefined;
    throw errors && 'duplicate_candidate' in errors ? existingApplication(error) : error;
  }
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
