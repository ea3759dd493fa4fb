import type { GemSchemas } from '../../contracts/gem.ts';
import type { UnifiedSchemas } from '../../contracts/unified.ts';
import { invalidInput, noActingUser } from '../errors.ts';
import type { GemClient } from '../gem/index.ts';
import { komboId } from '../models/identifiers.ts';
import type { Integration } from '../store/index.ts';
import { saveRecords } from '../sync/index.ts';
import { done } from './done.ts';
import { findApplication } from './find-records.ts';
import { resolveStage } from './resolve-stage.ts';
import type { Services } from './services.ts';
import { warnOfRemoteFields } from './uncovered-input.ts';
import { writeOnce } from './write-once.ts';

/**
 * `PUT /ats/applications/{application_id}/stage`: moves an application to another stage of its job (kombo-unified-api
 * §3.3). The lists show it there at once.
 *
 * @throws UnifiedProblem when there is no such application, or no such stage in its job; GemError when Gem refuses or fails
 */
export async function moveApplicationToStage(
  services: Services,
  integration: Integration,
  applicationId: string,
  body: UnifiedSchemas['MoveApplicationBody'],
): Promise<UnifiedSchemas['DoneAnswer']> {
  const { database, clock } = services;
  const { remoteId } = await findApplication(database, integration.id, applicationId);
  const { actingUserId } = integration;
  if (actingUserId === null) throw noActingUser();

  const gem = services.clientOf(integration);
  const path = { application_id: remoteId };
  const before = await gem.call('getApplication', { path });
  const [job] = before.jobs;
  if (!job) throw invalidInput('The application has no job at Gem, and so no stages.');
  const resolved = { id: komboId(integration.id, job.id), remoteId: job.id };
  const stageId = await resolveStage(services, integration, resolved, body.stage_id);
  const after = await move(gem, before, { stageId, userId: actingUserId });
  await saveRecords({
    store: { database },
    clock,
    integration,
    listing: 'listApplications',
    records: [after],
  });
  return done(warnOfRemoteFields(body));
}

/** An application that is in the stage already is left as it is, so that a call which is repeated changes nothing. */
async function move(
  gem: GemClient,
  before: GemSchemas['Application'],
  { stageId, userId }: { stageId: string; userId: string },
): Promise<GemSchemas['Application']> {
  if (before.current_stage?.id === stageId) return before;
  const path = { application_id: before.id };
  const from = before.current_stage?.id;
  return writeOnce(gem, {
    write: () =>
      gem.call('moveApplication', {
        path,
        // Where it comes from is said too, so that Gem refuses if somebody has moved it meanwhile.
        body: { to_stage_id: stageId, user_id: userId, ...(from !== undefined && { from_stage_id: from }) },
      }),
    find: async () => {
      const now = await gem.call('getApplication', { path });
      return now.current_stage?.id === stageId ? now : undefined;
    },
  });
}
