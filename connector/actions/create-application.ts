import type { Serialised } from '../../contracts/serialised.ts';
import type { UnifiedSchemas } from '../../contracts/unified.ts';
import type { Integration } from '../store/index.ts';
import { create } from './create.ts';
import { readCreatedApplication, toCreatedAnswer } from './read-created.ts';
import type { Services } from './services.ts';

/**
 * `POST /ats/jobs/{job_id}/applications`: creates an application to a job (kombo-unified-api §3).
 *
 * @param job the job's id, or `remote:` and its id at Gem
 * @throws UnifiedProblem or GemError; nothing was created then
 */
export async function createApplication(
  services: Services,
  integration: Integration,
  job: string,
  body: UnifiedSchemas['CreateApplicationBody'],
): Promise<Serialised<UnifiedSchemas['CreatedApplicationAnswer']>> {
  const { applicationId, warnings } = await create(services, integration, {
    job,
    stageId: body.stage_id,
    body,
  });
  return toCreatedAnswer(await readCreatedApplication(services.database, applicationId), warnings);
}
