import type { UnifiedSchemas } from '../../contracts/unified.ts';
import { toFileLink, gemFilesOf } from '../files/gem-files.ts';
import { komboId } from '../identifiers.ts';
import type { Integration } from '../store/queries/integrations.ts';
import { findApplication, findCandidate, currentApplication } from './find-records.ts';
import type { Services } from './services.ts';

/**
 * `GET /ats/applications/{application_id}/attachments`: lists the files of the application's candidate, because Gem keeps
 * files there and does not say what they were sent for (kombo-unified-api §3.5).
 *
 * @param publicUrl where callers reach this server
 * @throws UnifiedProblem when there is no such application; GemError when Gem refuses or fails
 */
export async function getApplicationAttachments(
  services: Services,
  integration: Integration,
  applicationId: string,
  publicUrl: string,
): Promise<UnifiedSchemas['ApplicationAttachmentsAnswer']> {
  const stored = await findApplication(services.database, integration.id, applicationId);
  const { candidateId } = await currentApplication(services.clientOf(integration), stored);
  const results = await list(services, integration, candidateId, publicUrl);
  return { status: 'success', data: { results }, warnings: [] };
}

/**
 * `GET /ats/candidates/{candidate_id}/attachments`: lists all files of a candidate (kombo-unified-api §3.5).
 *
 * @param publicUrl where callers reach this server
 * @throws UnifiedProblem when there is no such candidate; GemError when Gem refuses or fails
 */
export async function getCandidateAttachments(
  services: Services,
  integration: Integration,
  candidateId: string,
  publicUrl: string,
): Promise<UnifiedSchemas['CandidateAttachmentsAnswer']> {
  const { remoteId } = await findCandidate(services.database, integration.id, candidateId);
  const files = await list(services, integration, remoteId, publicUrl);
  const candidate_id = komboId(integration.id, remoteId);
  const results = files.map((file) => Object.assign(file, { application_id: null, candidate_id }));
  return { status: 'success', data: { results }, warnings: [] };
}

async function list(
  services: Services,
  integration: Integration,
  candidateId: string,
  publicUrl: string,
): Promise<UnifiedSchemas['ApplicationAttachment'][]> {
  const path = { candidate_id: candidateId };
  const candidate = await services.clientOf(integration).send('getCandidate', { path });
  return gemFilesOf(integration.id, candidateId, candidate).map((file) => ({
    type: file.type,
    id: file.id,
    remote_id: file.remoteId,
    data_url:
      publicUrl + toFileLink(services, { integrationId: integration.id, candidateId, fileId: file.id }),
    file_name: file.name,
    content_type: file.contentType,
    remote_created_at: file.createdAt,
    remote_updated_at: null,
  }));
}
