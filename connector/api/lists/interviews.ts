import { sql } from 'kysely';
import type { ModelName } from '../../models/model.ts';
import { type Change, changeBehind, changeOf, comingOrGoing, type Since } from './changed-rows.ts';
import { type Fragment, oneOf } from './filters.ts';
import { defineList } from './list.ts';
import { applicationJob } from './items.ts';

/** `GET /ats/interviews` (kombo-unified-api §2.5). */
export const listInterviews = defineList('getAtsInterviews', {
  model: 'ats_interviews',
  row: 'interview',
  filters: ({ job_ids: jobIds }) => [ofJob(jobIds)],
  // Interviewers count when they come or go, the application when it changes, what is behind either not.
  nestedChanges: (asked) => [
    changeOf('ats_join_interviews_users', sql`changed.interview_id`, asked),
    comingOrGoing(interviewing, 'ats_users', asked),
    changeBehind('ats_applications', { model: 'ats_interviews', column: 'application_id' }, asked),
  ],
  silentChanges: (asked) => [
    changeBehind(
      'ats_users',
      { model: interviewing.model, column: interviewing.entry, parent: interviewing.parent },
      asked,
    ),
    changeBehindApplication('ats_candidates', 'candidate_id', asked),
    changeBehindApplication('ats_jobs', 'job_id', asked),
  ],
  item: () => sql`json_build_object(
      'id', interview.id,
      'remote_id', interview.remote_id,
      'title', interview.title,
      'starting_at', instant(interview.starting_at),
      'ending_at', instant(interview.ending_at),
      'location', null,
      'video_conferencing_url', interview.video_conferencing_url,
      'application_id', interview.application_id,
      'stage_id', interview.stage_id,
      'canceled', interview.canceled,
      'remote_created_at', instant(interview.remote_created_at),
      'remote_updated_at', instant(interview.remote_updated_at),
      'remote_data', interview.remote_data,
      'changed_at', instant(interview.changed_at),
      'remote_deleted_at', instant(interview.remote_deleted_at),
      'users', ${interviewers},
      'application', ${application}
    )`,
});

const interviewing = {
  model: 'ats_join_interviews_users',
  parent: 'interview_id',
  entry: 'user_id',
} as const;

function ofJob(jobIds: readonly string[] | undefined): Fragment | undefined {
  const matches = oneOf(sql`application.job_id`, jobIds);
  return (
    matches &&
    sql`exists (
      select from ats_applications as application
      where application.id = interview.application_id and ${matches})`
  );
}

/** A record that the application of an interview shows. */
function changeBehindApplication(model: ModelName, column: string, { since, integrationId }: Since): Change {
  return {
    parent: sql`holder.id`,
    from: sql`${sql.table(model)} as changed
        join ats_applications as application on ${sql.ref(`application.${column}`)} = changed.id
        join ats_interviews as holder on holder.application_id = application.id
      where changed.integration_id = ${integrationId}::text and changed.changed_at >= ${since}`,
  };
}

const interviewers = sql`(
          select coalesce(json_agg(json_build_object(
            'id', person.id,
            'remote_id', person.remote_id,
            'first_name', person.first_name,
            'last_name', person.last_name,
            'email', person.email
          ) order by interviewer.number), '[]'::json)
          from ats_join_interviews_users as interviewer
          join ats_users as person on person.id = interviewer.user_id
          where interviewer.interview_id = interview.id
            and interviewer.remote_deleted_at is null and person.remote_deleted_at is null)`;

const candidate = sql`(
            select json_build_object(
              'id', candidate.id,
              'remote_id', candidate.remote_id,
              'first_name', candidate.first_name,
              'last_name', candidate.last_name,
              'email_addresses', coalesce(candidate.email_addresses, '[]'::jsonb))
            from ats_candidates as candidate where candidate.id = application.candidate_id)`;

const application = sql`(
          select json_build_object(
            'id', application.id,
            'remote_id', application.remote_id,
            'outcome', application.outcome,
            'rejection_reason_name', application.rejection_reason_name,
            'candidate', ${candidate},
            'job', ${applicationJob})
          from ats_applications as application where application.id = interview.application_id)`;
