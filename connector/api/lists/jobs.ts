import { sql } from 'kysely';
import { changeOf, comingOrGoing, lossOf } from './changed-rows.ts';
import { containsText, createdOnOrAfter, isGiven, oneOf } from './filters.ts';
import { defineList } from './list.ts';
import { shownCustomFields, shownIntegrationFields } from './items.ts';
import type { Parts } from './parts.ts';

/** `GET /ats/jobs` (kombo-unified-api §2.2). */
export const listJobs = defineList('getAtsJobs', {
  model: 'ats_jobs',
  row: 'job',
  filters: (query) => [
    oneOf(sql`job.job_code`, query.job_codes),
    oneOf(sql`job.post_url`, isGiven(query.post_url) ? [query.post_url] : undefined),
    oneOf(sql`job.status`, query.statuses),
    createdOnOrAfter(sql`job.remote_created_at`, query.remote_created_after),
    containsText(sql`job.name`, query.name_contains),
  ],
  // A removed child keeps its row, and its removal moves its changed_at. A change of the stage or user behind
  // a join does not touch the join.
  nestedChanges: (asked) => [
    changeOf('ats_join_jobs_application_stages', sql`changed.job_id`, asked),
    changeOf('ats_job_postings', sql`changed.job_id`, asked),
    changeOf('ats_join_jobs_users', sql`changed.job_id`, asked),
    lossOf('ats_job_postings', asked),
    comingOrGoing(team, 'ats_users', asked),
    comingOrGoing(stagesOfJobs, 'ats_application_stages', asked),
  ],
  parts: () => jobPostings,
  hasRawFields: true,
  item: (fields) => sql`json_build_object(
      'id', job.id,
      'remote_id', job.remote_id,
      'name', job.name,
      'job_code', job.job_code,
      'description', job.description,
      'confidential', job.confidential,
      'weekly_hours', null,
      'employment_type', null,
      'status', job.status,
      'visibility', null,
      'category', null,
      'department', job.department,
      'post_url', job.post_url,
      'experience_level', null,
      'remote_work_status', job.remote_work_status,
      'salary_amount', null,
      'salary_amount_from', null,
      'salary_amount_to', null,
      'salary_currency', null,
      'salary_period', null,
      'location', job.location,
      'custom_fields', ${shownCustomFields('job', 'ats_jobs', fields)},
      'integration_fields', ${shownIntegrationFields('job', fields)},
      'remote_url', null,
      'opened_at', instant(job.opened_at),
      'closed_at', instant(job.closed_at),
      'remote_created_at', instant(job.remote_created_at),
      'remote_updated_at', instant(job.remote_updated_at),
      'contact_id', null,
      'remote_data', job.remote_data,
      'changed_at', instant(job.changed_at),
      'remote_deleted_at', instant(job.remote_deleted_at),
      'stages', ${jobStages},
      'screening_questions', '[]'::json
    )`,
  tail: () => sql`json_build_object('hiring_team', ${hiringTeam})`,
});

const team = { model: 'ats_join_jobs_users', parent: 'job_id', entry: 'user_id' } as const;
const stagesOfJobs = {
  model: 'ats_join_jobs_application_stages',
  parent: 'job_id',
  entry: 'stage_id',
} as const;

// What a job shows of its children, each as one JSON array. They stand in a statement in which `job` is the job. A deleted
// job shows none: they went with it, whatever Gem still says of each (kombo-unified-api §5.3).

const isThere = sql`job.remote_deleted_at is null`;

/** The stages of the job in their order, without those that were removed. */
const jobStages = sql`(
          select coalesce(json_agg(json_build_object(
            'id', stage.id,
            'remote_id', stage.remote_id,
            'name', stage.name,
            'status', null,
            'custom_fields', null,
            'remote_data', stage.remote_data,
            'index', place.index
          ) order by place.index, place.number), '[]'::json)
          from ats_join_jobs_application_stages as place
          join ats_application_stages as stage on stage.id = place.stage_id
          where ${isThere} and place.job_id = job.id and place.remote_deleted_at is null and stage.remote_deleted_at is null)`;

/** The postings of jobs, without those that were removed. Each can have megabytes. */
const jobPostings: Parts = {
  key: 'job_postings',
  lengths: (jobIds) => sql`
    select
      posting.job_id as owner,
      posting.id,
      (1000 + coalesce(octet_length(posting.description_html), 0)
        * case when posting.remote_data is null then 1 else 2 end)::float8 as length
    from ats_job_postings as posting
      join ats_jobs as job on job.id = posting.job_id
    where posting.job_id = any(${jobIds}) and ${isThere} and posting.remote_deleted_at is null
    order by posting.number`,
  statement: (ids) => sql`
    select
      posting.id,
      json_build_object(
        'id', posting.id,
        'remote_id', posting.remote_id,
        'title', posting.title,
        'description_html', posting.description_html,
        'status', posting.status,
        'visibility', posting.visibility,
        'url', posting.url,
        'remote_data', posting.remote_data
      )::text as json
    from ats_job_postings as posting
    where posting.id = any(${ids})`,
};

/** The hiring team of the job, each person once with all roles, without those who left. */
const hiringTeam = sql`(
          select coalesce(json_agg(json_build_object(
            'id', person.id,
            'remote_id', person.remote_id,
            'first_name', person.first_name,
            'last_name', person.last_name,
            'email', person.email,
            'hiring_team_roles', member.roles,
            'job_roles', '[]'::json
          ) order by member.number), '[]'::json)
          from ats_join_jobs_users as member
          join ats_users as person on person.id = member.user_id
          where ${isThere} and member.job_id = job.id and member.remote_deleted_at is null and person.remote_deleted_at is null)`;
