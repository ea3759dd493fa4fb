import type { ResourceName } from '../../seeds/index.ts';

/**
 * Which kind of record a field or a part of a path names.
 *
 * @returns undefined where it names none that a world holds by its id, such as an id that the caller made up
 */
export function referenceTo(operation: string, name: string, isInBody: boolean): ResourceName | undefined {
  const own = isInBody ? inBodies[`${operation}.${name}`] : undefined;
  return own ?? (isInBody && ownIds.has(`${operation}.${name}`) ? undefined : byName[name]);
}

const byName: Readonly<Record<string, ResourceName>> = {
  candidate_id: 'candidates',
  application_id: 'applications',
  job_id: 'jobs',
  new_job_id: 'jobs',
  initial_stage_id: 'job_stages',
  new_stage_id: 'job_stages',
  from_stage_id: 'job_stages',
  to_stage_id: 'job_stages',
  user_id: 'users',
  recruiter_id: 'users',
  coordinator_id: 'users',
  on_behalf_of_user_id: 'users',
  source_id: 'sources',
  rejection_reason_id: 'rejection_reasons',
  close_reason_id: 'close_reasons',
  custom_field_id: 'custom_fields',
  opening_id: 'openings',
  interview_id: 'scheduled_interviews',
  note_id: 'notes',
  attachment_id: 'attachments',
  job_post_id: 'job_posts',
};

/** Names that mean something else in the body of one operation. */
const inBodies: Readonly<Record<string, ResourceName>> = { 'deleteOpenings.ids': 'openings' };

/** What is called like a record, and is a text that the caller chose, or a part of a job's plan. */
const ownIds: ReadonlySet<string> = new Set([
  'createOpenings.opening_id',
  'updateOpening.opening_id',
  'createScheduledInterview.interview_id',
]);
