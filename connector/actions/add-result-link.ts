import type { UnifiedSchemas } from '../../contracts/unified.ts';
import type { Integration } from '../store/index.ts';
import { done } from './done.ts';
import { findApplication, findCandidate } from './find-records.ts';
import { resultLinkNote } from './result-link-note.ts';
import type { Services } from './services.ts';
import { warnOfRemoteFields } from './uncovered-input.ts';
import { writeNote } from './write-note.ts';

type Body = UnifiedSchemas['AddResultLinkBody'];

/**
 * `POST /ats/applications/{application_id}/result-links`: writes a link as a note about the candidate that names the job
 * (kombo-unified-api §3.4).
 *
 * @throws UnifiedProblem when there is no such application; GemError when Gem refuses or fails
 */
export async function addApplicationResultLink(
  services: Services,
  integration: Integration,
  applicationId: string,
  body: Body,
): Promise<UnifiedSchemas['DoneAnswer']> {
  const { database } = services;
  const { remoteId, candidateRemoteId, jobName } = await findApplication(
    database,
    integration.id,
    applicationId,
  );
  if (candidateRemoteId !== null && jobName !== null) {
    return add(services, integration, { candidateRemoteId, jobName }, body);
  }
  // An application can be here before its job and its candidate are.
  const path = { application_id: remoteId };
  const { candidate_id, jobs } = await services.clientOf(integration).call('getApplication', { path });
  const about = { candidateRemoteId: candidate_id, jobName: jobName ?? jobs[0]?.name ?? null };
  return add(services, integration, about, body);
}

/**
 * `POST /ats/candidates/{candidate_id}/result-links`: writes a link as a note about the candidate (kombo-unified-api
 * §3.4).
 *
 * @throws UnifiedProblem when there is no such candidate; GemError when Gem refuses or fails
 */
export async function addCandidateResultLink(
  services: Services,
  integration: Integration,
  candidateId: string,
  body: Body,
): Promise<UnifiedSchemas['DoneAnswer']> {
  const { remoteId } = await findCandidate(services.database, integration.id, candidateId);
  return add(services, integration, { candidateRemoteId: remoteId, jobName: null }, body);
}

async function add(
  services: Services,
  integration: Integration,
  { candidateRemoteId, jobName }: { candidateRemoteId: string; jobName: string | null },
  body: Body,
): Promise<UnifiedSchemas['DoneAnswer']> {
  const note = resultLinkNote(body, jobName);
  const warnings = [...note.warnings, ...warnOfRemoteFields(body)];
  const { actingUserId } = integration;
  if (actingUserId === null) {
    return done([
      'The result link was not written: the integration has no acting user, in whose name Gem keeps notes.',
      ...warnings,
    ]);
  }
  const about = { candidateId: candidateRemoteId, userId: actingUserId };
  await writeNote(services.clientOf(integration), about, note.text);
  return done(warnings);
}
