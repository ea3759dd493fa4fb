import type { UnifiedSchemas } from '../../contracts/unified.ts';
import { invalidInput, noActingUser } from '../errors.ts';
import type { GemClient } from '../gem/client.ts';
import { komboId } from '../identifiers.ts';
import type { Integration } from '../store/queries/integrations.ts';
import { saveRecords } from '../sync/save-records.ts';
import { done, warnOfRemoteFields } from './warnings.ts';
import { findApplication, type FoundApplication, showApplication } from './find-records.ts';
import { isApplication, readApplication, type SeenApplication } from './gem-answers.ts';
import { resolveStage } from './resolve-job-and-stage.ts';
import type { Services } from './services.ts';
import { writeAgreed } from './one-at-a-time.ts';
import { isWritten, writeOnce } from './write-once.ts';

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
  const stored = await findApplication(services.database, integration.id, applicationId);
  const { actingUserId: userId } = integration;
  if (userId === null) throw noActingUser();
  const about = { turn: `moves of ${stored.remoteId}`, target: ['move', stored.remoteId, body.stage_id] };
  const warnings = warnOfRemoteFields(body);
  await writeAgreed(services, integration, about, async () => {
    const gem = services.clientOf(integration);
    const before = await showApplication(gem, stored);
    const remoteId = before?.job?.id ?? stored.jobRemoteId;
    if (remoteId === null) throw invalidInput('The application has no job at Gem, and so no stages.');
    const job = { id: komboId(integration.id, remoteId), remoteId };
    const stageId = await resolveStage(services, integration, job, body.stage_id);
    const after = await move(gem, { stored, before }, { stageId, userId });
    if (!(await store(services, integration, { stored, record: after ?? before?.record, stageId }))) {
      warnings.push('The application was moved, and the lists show it in its new stage after the next sync.');
    }
  });
  return done(warnings);
}

/**
 * An application that is in the stage already is left as it is, so that a call which is repeated changes nothing.
 *
 * @returns the application as Gem shows it afterwards; undefined where it does not show it
 */
async function move(
  gem: GemClient,
  { stored, before }: { stored: FoundApplication; before: SeenApplication | undefined },
  { stageId, userId }: { stageId: string; userId: string },
): Promise<object | undefined> {
  if (before?.stageId === stageId) return before.record;
  const path = { application_id: stored.remoteId };
  const from = before?.stageId ?? null;
  const isThere = (application: SeenApplication | undefined) => application?.stageId === stageId;
  try {
    const moved = await writeOnce(gem, {
      write: async () =>
        readApplication(
          await gem.send('moveApplication', {
            path,
            // With the stage that it comes from, Gem refuses the move if another user moved it meanwhile.
            body: { to_stage_id: stageId, user_id: userId, ...(from !== null && { from_stage_id: from }) },
          }),
        ) ?? 'unread',
      find: async () => {
        const now = await showApplication(gem, stored);
        return isThere(now) ? now : undefined;
      },
    });
    if (moved !== 'unread' && isThere(moved)) return moved?.record;
  } catch (error) {
    // Gem said that it moved the application; that counts even if it cannot be read afterwards.
    if (!isWritten(error)) throw error;
  }
  const now = await showApplication(gem, stored).catch(() => undefined);
  return isThere(now) ? now?.record : undefined;
}

/** @returns whether the lists show the application in its new stage */
async function store(
  { database, clock, log }: Services,
  integration: Integration,
  { stored, record, stageId }: { stored: FoundApplication; record: object | undefined; stageId: string },
): Promise<boolean> {
  const seen = readApplication(record);
  if (!seen) return false;
  const { candidateRemoteId, jobRemoteId, jobName } = stored;
  const completed: object = {
    ...record,
    ...(seen.stageId !== stageId && { current_stage: { id: stageId, name: '' } }),
    // What it belongs to is not to be lost where Gem leaves it out.
    ...(seen.candidateId === undefined && candidateRemoteId !== null && { candidate_id: candidateRemoteId }),
    ...(seen.job === undefined &&
      jobRemoteId !== null && { jobs: [{ id: jobRemoteId, name: jobName ?? '' }] }),
  };
  try {
    const into = { store: { database }, clock, integration };
    const records = [completed].filter(isApplication);
    return (await saveRecords({ ...into, listing: 'listApplications', records })).saved > 0;
  } catch (error) {
    log('could not store an application that was moved', error);
    return false;
  }
}
