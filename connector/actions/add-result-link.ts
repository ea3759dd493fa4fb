import type { UnifiedSchemas } from '../../contracts/unified.ts';
import type { Integration } from '../store/queries/integrations.ts';
import { done } from './done.ts';
import { findApplication, findCandidate } from './find-records.ts';
import { resultLinkNote } from './result-link-note.ts';
import type { Services } from './services.ts';
import { currentApplication } from './show-application.ts';
import { warnOfRemoteFields } from './uncovered-input.ts';
import { writeAgreed } from './write-agreed.ts';
import { writeNote } from './write-note.ts';

type Body = UnifiedSchemas['AddResultLinkBody'];

/**
 * `POST /ats/applications/{application_id}/result-links`: writes a link as a note about the candidate that names the job
 * (kombo-unified-api §3.4). Gem says whose application it is by now.
 *
 * @throws UnifiedProblem when there is no such application; GemError when Gem refuses or fails
 */
export async function addApplicationResultLink(
  services: Services,
  integration: Integration,
  applicationId: string,
  body: Body,
): Promise<UnifiedSchemas['DoneAnswer']> {
  const stored = await findApplication(services.database, integration.id, applicationId);
  const about = await currentApplication(services.clientOf(integration), stored);
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
  return add(services, integration, { candidateId: remoteId, jobName: null }, body);
}

async function add(
  services: Services,
  integration: Integration,
  { candidateId, jobName }: { candidateId: string; jobName: string | null },
  body: Body,
): Promise<UnifiedSchemas['DoneAnswer']> {
  const note = resultLinkNote(body, jobName);
  const warnings = [...note.warnings, ...warnOfRemoteFields(body)];
  const { actingUserId: userId } = integration;
  if (userId === null) {
    return done([
      'The result link was not written: the integration has no acting user, in whose name Gem keeps notes.',
      ...warnings,
    ]);
  }
  const about = { turn: `notes about ${candidateId}`, target: ['note', candidateId, userId, note.text] };
  await writeAgreed(services, integration, about, () =>
    writeNote(services.clientOf(integration), { candidateId, userId }, note.text),
  );
  return done(warnings);
}
