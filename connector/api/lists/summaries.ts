// What several records show of a record that they refer to. Each is null when that record is not known, and is
// shown even when it was deleted, so that an id stays resolvable. `application` is the row that refers.
import { sql } from 'kysely';

/** The job of an application in the key order of `JobSummary`. */
export const jobSummary = sql`(
        select json_build_object('id', job.id, 'name', job.name, 'remote_id', job.remote_id)
        from ats_jobs as job where job.id = application.job_id)`;

/** The same in the key order of `ApplicationJob`. */
export const applicationJob = sql`(
        select json_build_object('id', job.id, 'remote_id', job.remote_id, 'name', job.name)
        from ats_jobs as job where job.id = application.job_id)`;

/** Where the current stage stands in the order of the application's job; `stage` is the stage. */
export const stageIndex = sql`(
          select place.index
          from ats_join_jobs_application_stages as place
          where place.job_id = application.job_id and place.stage_id = stage.id and place.remote_deleted_at is null
          order by place.number
          limit 1)`;

/** The current stage of an application. */
export const stageSummary = sql`(
        select json_build_object(
          'id', stage.id, 'name', stage.name, 'remote_id', stage.remote_id, 'index', ${stageIndex})
        from ats_application_stages as stage where stage.id = application.current_stage_id)`;
