import type { GemClient } from '../gem/index.ts';
import { komboId } from '../models/identifiers.ts';
import { toGemCandidate, type ResolvedApplication } from '../policy/personal-emails.ts';
import type { Integration } from '../store/index.ts';
import { rememberCreated } from '../store/queries/created-applications.ts';
import { saveRecords } from '../sync/index.ts';
import { createAtGem, isRefusalOfSource, knownApplications, type CreatedAtGem } from './create-at-gem.ts';
import { loadAttachments } from './load-attachments.ts';
import { resolveJob } from './resolve-job.ts';
import { resolveSource } from './resolve-source.ts';
import { resolveStage } from './resolve-stage.ts';
import type { Services } from './services.ts';
import { warnOfUncoveredInput, type CreateBody } from './uncovered-input.ts';
import { uploadResumes } from './upload-resumes.ts';

/** What both create calls ask for. */
export interface CreateInput {
  /** A job's id, or `remote:` and its id at Gem. */
  job: string;
  stageId: string | undefined;
  body: CreateBody;
}

/** What a create call made, by our ids. */
export interface Created {
  applicationId: string;
  candidateId: string;
  /** What was asked for and could not be done. */
  warnings: string[];
}

/**
 * Creates an application, and its candidate if Gem does not know the person, and stores both, so that the lists show
 * them at once (kombo-unified-api §3.1, §3.2). All input is checked before the first write.
 *
 * @throws UnifiedProblem for input that cannot be used; GemError when Gem refuses or fails
 */
export async function create(
  services: Services,
  integration: Integration,
  input: CreateInput,
): Promise<Created> {
  const { database } = services;
  const { body } = input;
  const gem = services.clientOf(integration);

  const attachments = await loadAttachments(body.attachments ?? [], services.downloads);
  const job = await resolveJob(services, integration, input.job);
  const initialStageId =
    input.stageId === undefined ? undefined : await resolveStage(services, integration, job, input.stageId);
  const source = await resolveSource(services, integration, body.source);

  const { created, unwritten } = await write(services, integration, body, {
    jobId: job.remoteId,
    initialStageId,
    sourceId: source.sourceId,
  });
  const { candidate, application } = created;
  await rememberCreated(database, {
    integrationId: integration.id,
    applicationRemoteId: application.id,
    candidateRemoteId: candidate.id,
    at: application.applied_at,
  });
  const { actingUserId } = integration;
  const to = { candidateId: candidate.id, actingUserId, since: application.applied_at };
  const unstored = await uploadResumes(gem, to, attachments);
  await store(services, integration, await readAgain(services, gem, created));

  return {
    applicationId: komboId(integration.id, application.id),
    candidateId: komboId(integration.id, candidate.id),
    warnings: [...warnOfUncoveredInput(body), ...source.warnings, ...unwritten, ...unstored],
  };
}

/** Where Gem does not let us read its sources, only its refusal tells that it lacks one; that is no reason to create nothing. */
async function write(
  { database, clientOf }: Services,
  integration: Integration,
  body: CreateBody,
  resolved: ResolvedApplication,
): Promise<{ created: CreatedAtGem; unwritten: string[] }> {
  const gem = clientOf(integration);
  const isKnown = knownApplications(database, integration.id);
  try {
    return { created: await createAtGem(gem, toGemCandidate(body, resolved), isKnown), unwritten: [] };
  } catch (error) {
    if (resolved.sourceId === undefined || !isRefusalOfSource(error)) throw error;
    const { sourceId: _, ...withoutSource } = resolved;
    const created = await createAtGem(gem, toGemCandidate(body, withoutSource), isKnown);
    return { created, unwritten: ['source was not written: Gem has no such source.'] };
  }
}

/** The record with what Gem made of the uploads. It exists, so that a failure to read it again fails nothing. */
async function readAgain(
  { log }: Services,
  gem: GemClient,
  created: CreatedAtGem,
): Promise<CreatedAtGem['candidate']> {
  const { candidate } = created;
  try {
    const read = await gem.call('getCandidate', { path: { candidate_id: candidate.id } });
    // Gem may be behind with what it lists.
    const isListed = read.applications?.some(({ id }) => id === created.application.id);
    return { ...read, applications: (isListed ? read.applications : candidate.applications) ?? [] };
  } catch (error) {
    log('a candidate could not be read again after its creation', error);
    return candidate;
  }
}

async function store(
  { database, clock }: Services,
  integration: Integration,
  candidate: CreatedAtGem['candidate'],
): Promise<void> {
  const into = { store: { database }, clock, integration };
  await saveRecords({ ...into, listing: 'listCandidates', records: [candidate] });
  await saveRecords({ ...into, listing: 'listApplications', records: candidate.applications ?? [] });
}
