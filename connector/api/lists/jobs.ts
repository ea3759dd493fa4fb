import { sql } from 'kysely';
import {
  cameOrWent,
  containsText,
  createdOnOrAfter,
  type Fragment,
  hasLost,
  isGiven,
  oneOf,
} from './filters.ts';
import { jobPostings, jobStages, hiringTeam } from './job-children.ts';
import { defineList, type ListedRow } from './list.ts';
import { shownCustomFields, shownIntegrationFields } from './items.ts';

/** `GET /ats/jobs` (kombo-unified-api §2.2). */
export const listJobs = defineList('getAtsJobs', {
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
    changedChild(sql`ats_join_jobs_application_stages`, asked.since),
    changedChild(sql`ats_job_postings`, asked.since),
    changedChild(sql`ats_join_jobs_users`, asked.since),
    hasLost('ats_job_postings', sql`job.id`, asked.since),
    cameOrWent(sql`job.id`, team, 'ats_users', asked),
    cameOrWent(sql`job.id`, stagesOfJobs, 'ats_application_stages', asked),
  ],
  parts: jobPostings,
  statement: (where, limit) => sql<ListedRow>`
    select
      job.number::text as number,
      job.id,
      json_build_object(
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
        'custom_fields', ${shownCustomFields('job', 'ats_jobs')},
        'integration_fields', ${shownIntegrationFields('job')},
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
      )::text as json,
      json_build_object('hiring_team', ${hiringTeam})::text as tail
    from ats_jobs as job
    where ${where}
    order by job.number
    limit ${limit}`,
});

const team = { model: 'ats_join_jobs_users', parent: 'job_id', entry: 'user_id' } as const;
const stagesOfJobs = {
  model: 'ats_join_jobs_application_stages',
  parent: 'job_id',
  entry: 'stage_id',
} as const;

function changedChild(table: Fragment, since: Fragment): Fragment {
  return sql`exists (
    select from ${table} as child where child.job_id = job.id and child.changed_at >= ${since})`;
}
