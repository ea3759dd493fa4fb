import type { Serialised } from '../../contracts/serialised.ts';
import type { UnifiedSchemas } from '../../contracts/unified.ts';
import type { Integration } from '../store/queries/integrations.ts';
import { komboId } from '../models/identifiers.ts';
import { create } from './create.ts';
import { answerCreated, readCreatedApplication } from './read-created.ts';
import type { Services } from './services.ts';
import { unstoredApplication } from './unstored-answer.ts';

/**
 * `POST /ats/jobs/{job_id}/applications`: creates an application to a job (kombo-unified-api §3).
 *
 * @param job the job's id, or `remote:` and its id at Gem
 * @throws UnifiedProblem or GemError; nothing was created then, unless the problem says so
 */
export async function createApplication(
  services: Services,
  integration: Integration,
  job: string,
  body: UnifiedSchemas['CreateApplicationBody'],
): Promise<Serialised<UnifiedSchemas['CreatedApplicationAnswer']>> {
  const created = await create(services, integration, { job, stageId: body.stage_id, body });
  return answerCreated(services, created.warnings, {
    read: () => readCreatedApplication(services.database, komboId(integration.id, created.applicationId)),
    make: (at) => unstoredApplication(integration.id, created, at),
  });
}
