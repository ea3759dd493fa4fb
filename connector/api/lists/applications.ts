import { sql } from 'kysely';
import { applicationKeys, applicationJob, stageIndex } from './items.ts';
import { changeBehind, changeOf, changesBehindApplications, lossOf } from './changed-rows.ts';
import { createdOnOrAfter, type Fragment, idsOf, oneOf } from './filters.ts';
import { defineList } from './list.ts';

/** `GET /ats/applications` (kombo-unified-api §2.4). */
export const listApplications = defineList('getAtsApplications', {
  model: 'ats_applications',
  row: 'application',
  filters: (query, integrationId) => [
    oneOf(sql`application.outcome`, query.outcomes),
    oneOf(sql`application.job_id`, query.job_ids),
    oneOf(sql`application.job_id`, idsOf(query.job_remote_ids, integrationId)),
    ofRemoteJob(query.job_remote_ids),
    oneOf(sql`application.current_stage_id`, query.current_stage_ids),
    createdOnOrAfter(sql`application.remote_created_at`, query.remote_created_after),
  ],
  // The job and the stage do not count.
  nestedChanges: (asked) => [
    changeBehind('ats_candidates', { model: 'ats_applications', column: 'candidate_id' }, asked),
    changeOf('ats_interviews', sql`changed.application_id`, asked),
    lossOf('ats_interviews', asked),
  ],
  silentChanges: (asked) => changesBehindApplications('id', asked),
  hasRawFields: true,
  item: (fields) => sql`json_build_object(${applicationKeys(fields)},
      'candidate', ${candidate},
      'current_stage', ${currentStage},
      'job', ${applicationJob},
      'interviews', ${interviews},
      'offers', '[]'::json
    )`,
});

function ofRemoteJob(remoteIds: readonly string[] | undefined): Fragment | undefined {
  const matches = oneOf(sql`job.remote_id`, remoteIds);
  return (
    matches && sql`exists (select from ats_jobs as job where job.id = application.job_id and ${matches})`
  );
}

const candidate = sql`(
          select json_build_object(
            'id', candidate.id,
            'remote_id', candidate.remote_id,
            'first_name', candidate.first_name,
            'last_name', candidate.last_name,
            'email_addresses', coalesce(candidate.email_addresses, '[]'::jsonb),
            'phone_numbers', coalesce(candidate.phone_numbers, '[]'::jsonb),
            'social_media', coalesce(candidate.social_media, '[]'::jsonb),
            'source', candidate.source,
            'remote_url', null,
            'tags', '[]'::json)
          from ats_candidates as candidate where candidate.id = application.candidate_id)`;

const currentStage = sql`(
          select json_build_object(
            'id', stage.id,
            'remote_id', stage.remote_id,
            'name', stage.name,
            'status', null,
            'custom_fields', null,
            'index', ${stageIndex})
          from ats_application_stages as stage where stage.id = application.current_stage_id)`;

const interviews = sql`(
          select coalesce(json_agg(json_build_object(
            'id', interview.id,
            'remote_id', interview.remote_id,
            'title', interview.title,
            'starting_at', instant(interview.starting_at),
            'ending_at', instant(interview.ending_at),
            'location', null,
            'canceled', interview.canceled
          ) order by interview.number), '[]'::json)
          from ats_interviews as interview
          where interview.application_id = application.id and interview.remote_deleted_at is null)`;
