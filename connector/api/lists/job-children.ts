// What a job shows of its children, each as one JSON array. They stand in a statement in which `job` is the job. A deleted
// job shows none: they went with it, whatever Gem still says of each (kombo-unified-api §5.3).
import { sql } from 'kysely';
import type { Parts } from './parts.ts';

const isThere = sql`job.remote_deleted_at is null`;

/** The stages of the job in their order, without those that were removed. */
export const jobStages = sql`(
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
export const jobPostings: Parts = {
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
export const hiringTeam = sql`(
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
