import type { RecordTypes } from '../../../seeds/index.ts';
import { recordActivity } from '../../records/activity.ts';
import { storeAttachment, type CheckedFile } from '../../attachments/attachments.ts';
import { forbiddenByRule, invalidField } from '../../problems/problems.ts';
import type { World } from '../../world/world.ts';
import { referenced } from '../references.ts';
import { pipelineOf } from './job-stages.ts';

type ApplicationRecord = RecordTypes['applications'];

/** What is decided about an application before it exists. */
export type ApplicationDraft = Pick<
  ApplicationRecord,
  | 'job_id'
  | 'job_post_id'
  | 'source_id'
  | 'credited_to'
  | 'recruiter_id'
  | 'coordinator_id'
  | 'sourcer_id'
  | 'current_stage_id'
>;

/**
 * The job that a body names, which has to take applications.
 *
 * @throws GemProblem 422 without the job, 400 when it is not open
 */
export function openJob(world: World, id: string, field: string): RecordTypes['jobs'] {
  const job = referenced(world, 'jobs', id, field);
  if (job.status !== 'open')
    throw forbiddenByRule(`Job is ${job.status}; only an open job takes applications.`);
  return job;
}

/**
 * The stage that an application starts in: the wanted one, or else the first active one of its job.
 *
 * @throws GemProblem 422 when the wanted one is not the job's
 */
export function startingStage(
  world: World,
  jobId: string,
  wanted: string | undefined,
  field: string,
): string | null {
  const stages = pipelineOf(world.store, jobId);
  if (wanted === undefined) return stages.find(({ active }) => active)?.id ?? null;
  if (!stages.some(({ id }) => id === wanted)) throw invalidField([field], 'Stage not found in this job.');
  return wanted;
}

/**
 * Refuses a second active application of a person to a job (gem-ats-api §14 #4).
 *
 * @throws GemProblem 400 that names the person
 */
export function refuseSecondApplication(world: World, personId: string, jobId: string): void {
  const hasActive = world.store
    .collection('applications')
    .by('candidate_id', personId)
    .some(({ job_id, status, deleted_at }) => job_id === jobId && status === 'active' && deleted_at === null);
  if (hasActive && world.switches.second_application === 'refuse') {
    throw forbiddenByRule('The candidate already has an active application to this job.', {
      duplicate_candidate: { id: personId },
    });
  }
}

/** Stores a new application with the files that came with it, and returns its id. */
export function storeApplication(
  world: World,
  candidateId: string,
  draft: ApplicationDraft,
  files: readonly CheckedFile[],
  now: string,
): string {
  const id = world.nextId('application');
  world.store.put('applications', {
    ...draft,
    id,
    candidate_id: candidateId,
    status: 'active',
    rejection_reason_id: null,
    rejected_at: null,
    custom_fields: {},
    last_activity_at: now,
    created_at: now,
    deleted_at: null,
  });
  for (const file of files) {
    storeAttachment(world, file, { candidate_id: candidateId, user_id: null, created_at: now });
  }
  recordActivity(world, id, now);
  return id;
}
