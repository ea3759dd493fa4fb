import type { Serialised } from '../../contracts/serialised.ts';
import type { UnifiedSchemas } from '../../contracts/unified.ts';
import { komboId } from '../models/identifiers.ts';
import type { Integration } from '../store/queries/integrations.ts';
import { create } from './create.ts';
import { answerCreated, readCreatedCandidate } from './read-created.ts';
import type { Services } from './services.ts';
import { unstoredCandidate } from './unstored-answer.ts';

/**
 * `POST /ats/candidates`: creates a candidate together with an application (kombo-unified-api §3).
 *
 * @throws UnifiedProblem or GemError; nothing was created then, unless the problem says so
 */
export async function createCandidate(
  services: Services,
  integration: Integration,
  body: UnifiedSchemas['CreateCandidateBody'],
): Promise<Serialised<UnifiedSchemas['CreatedCandidateAnswer']>> {
  const { job_id: job, stage_id: stageId } = body.application;
  const created = await create(services, integration, { job, stageId, body });
  return answerCreated(services, created.warnings, {
    read: () => readCreatedCandidate(services.database, komboId(integration.id, created.candidateId)),
    make: (at) => unstoredCandidate(integration.id, created, at),
  });
}
