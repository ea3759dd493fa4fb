// What lists and create calls show of records, as JSON that the database makes.
import { sql } from 'kysely';
import type { ModelName } from '../../models/model.ts';
import type { Database } from '../../store/schema.ts';
import type { Fragment } from './filters.ts';

// What several records show of a record that they refer to. Each is null when that record is not known, and is
// shown even when it was deleted, so that an id stays resolvable. `application` is the row that refers.

/** The job of an application in the key order of `JobSummary`. */
export const jobSummary = sql`(
        select json_build_object('id', job.id, 'name', job.name, 'remote_id', job.remote_id)
        from ats_jobs as job where job.id = application.job_id)`;

/** The same in the key order of `ApplicationJob`. */
export const applicationJob = sql`(
        select json_build_object('id', job.id, 'remote_id', job.remote_id, 'name', job.name)
        from ats_jobs as job where job.id = application.job_id)`;

/** The place of the current stage in the order of the application's job; `stage` is the stage. */
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

/** The keys of an application up to `remote_data`, for `json_build_object`; `application` is the application. */
export const applicationKeys = (fields: RawFields) => sql`
        'id', application.id,
        'remote_id', application.remote_id,
        'outcome', application.outcome,
        'rejection_reason_name', application.rejection_reason_name,
        'rejected_at', instant(application.rejected_at),
        'current_stage_id', application.current_stage_id,
        'job_id', application.job_id,
        'candidate_id', application.candidate_id,
        'screening_question_answers', '[]'::json,
        'custom_fields', ${shownCustomFields('application', 'ats_applications', fields)},
        'integration_fields', ${shownIntegrationFields('application', fields)},
        'remote_url', null,
        'changed_at', instant(application.changed_at),
        'remote_deleted_at', instant(application.remote_deleted_at),
        'remote_created_at', instant(application.remote_created_at),
        'remote_updated_at', instant(application.remote_updated_at),
        'remote_data', application.remote_data`;

// A candidate as JSON. Both stand in a statement in which `candidate` is the candidate.

/** The keys of a candidate, `applications` and `tags` left out, for `json_build_object`. */
export const candidateKeys = (fields: RawFields) => sql`
        'id', candidate.id,
        'remote_id', candidate.remote_id,
        'first_name', candidate.first_name,
        'last_name', candidate.last_name,
        'company', candidate.company,
        'title', candidate.title,
        'confidential', candidate.confidential,
        'source', candidate.source,
        'phone_numbers', coalesce(candidate.phone_numbers, '[]'::jsonb),
        'email_addresses', coalesce(candidate.email_addresses, '[]'::jsonb),
        'social_media', coalesce(candidate.social_media, '[]'::jsonb),
        'location', null,
        'custom_fields', ${shownCustomFields('candidate', 'ats_candidates', fields)},
        'integration_fields', ${shownIntegrationFields('candidate', fields)},
        'remote_url', null,
        'remote_created_at', instant(candidate.remote_created_at),
        'remote_updated_at', instant(candidate.remote_updated_at),
        'remote_data', candidate.remote_data,
        'changed_at', instant(candidate.changed_at),
        'remote_deleted_at', instant(candidate.remote_deleted_at)`;

const applications = sql`(
          select coalesce(json_agg(json_build_object(
            'id', application.id,
            'remote_id', application.remote_id,
            'outcome', application.outcome,
            'rejection_reason_name', application.rejection_reason_name,
            'rejected_at', instant(application.rejected_at),
            'remote_url', null,
            'changed_at', instant(application.changed_at),
            'remote_created_at', instant(application.remote_created_at),
            'remote_updated_at', instant(application.remote_updated_at),
            'current_stage', ${stageSummary},
            'job', ${jobSummary}
          ) order by application.number), '[]'::json)
          from ats_applications as application
          where application.candidate_id = candidate.id and application.remote_deleted_at is null)`;

/** The candidate of the lists, with applications and tags. */
export const candidateItem = (fields: RawFields) => sql`json_build_object(${candidateKeys(fields)},
        'applications', ${applications},
        'tags', '[]'::json
      )`;

// What rows show of their raw fields, as their integration has it (kombo-unified-api §5.6). It is decided as they are
// read, so a change of a mapping shows at once, and a sync need not know of it.

/** Which raw fields an integration may show otherwise than they were stored. */
export interface RawFields {
  areMapped: boolean;
  areHidden: boolean;
}

/** Fits every integration, and is dearer for those that have them as they are, which is the rule. */
export const anyFields: RawFields = { areMapped: true, areHidden: true };

/** Asks which of its raw fields an integration shows otherwise now. */
export async function readRawFields(database: Database, integrationId: string): Promise<RawFields> {
  const { rows } = await sql<RawFields>`
    select
      exists (select from custom_field_mappings where integration_id = ${integrationId}::text) as "areMapped",
      exists (
        select from integration_fields
        where integration_id = ${integrationId}::text and not is_passthrough_enabled) as "areHidden"
  `.execute(database);
  return rows[0] ?? anyFields;
}

/** The `custom_fields` of a row: those that it was stored with, but for those that were mapped otherwise. */
export function shownCustomFields(row: string, model: ModelName, { areMapped }: RawFields): Fragment {
  const column = (name: string) => sql.ref(`${row}.${name}`);
  if (!areMapped) return column('custom_fields');
  return sql`coalesce((
          select ${column('custom_fields')} - array_agg(mapping.key)
            || coalesce(jsonb_object_agg(mapping.key, field.value -> 'value') filter (where field.value is not null), '{}')
          from custom_field_mappings as mapping
            left join lateral jsonb_array_elements(${column('integration_fields')}) as field (value)
              on field.value ->> 'id' = mapping.integration_field_id
          where mapping.integration_id = ${column('integration_id')} and mapping.model = ${sql.lit(model)}
        ), ${column('custom_fields')})`;
}

/** The `integration_fields` of a row: all but those that are not passed on. */
export function shownIntegrationFields(row: string, { areHidden }: RawFields): Fragment {
  const column = (name: string) => sql.ref(`${row}.${name}`);
  if (!areHidden) return sql`coalesce(${column('integration_fields')}, '[]'::jsonb)`;
  return sql`(
          select coalesce(jsonb_agg(field.value order by field.place), '[]'::jsonb)
          from jsonb_array_elements(${column('integration_fields')}) with ordinality as field (value, place)
          where not exists (
            select from integration_fields as hidden
            where hidden.integration_id = ${column('integration_id')} and hidden.id = field.value ->> 'id'
              and not hidden.is_passthrough_enabled)
        )`;
}
