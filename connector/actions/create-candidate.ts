import type { Serialised } from '../../contracts/serialised.ts';
import type { UnifiedSchemas } from '../../contracts/unified.ts';
import type { Integration } from '../store/index.ts';
import { create } from './create.ts';
import { readCreatedCandidate, toCreatedAnswer } from './read-created.ts';
import type { Services } from './services.ts';

/**
 * `POST /ats/candidates`: creates a candidate together with an application (kombo-unified-api §3).
 *
 * @throws UnifiedProblem or GemError; nothing was created then
 */
export async function createCandidate(
  services: Services,
  integration: Integration,
  body: UnifiedSchemas['CreateCandidateBody'],
): Promise<Serialised<UnifiedSchemas['CreatedCandidateAnswer']>> {
  const { job_id: job, stage_id: stageId } = body.application;
  const { candidateId, warnings } = await create(services, integration, { job, stageId, body });
  return toCreatedAnswer(await readCreatedCandidate(services.database, candidateId), warnings);
}
