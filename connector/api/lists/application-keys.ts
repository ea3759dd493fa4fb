import { sql } from 'kysely';
import { shownCustomFields, shownIntegrationFields } from './shown-fields.ts';

/** The keys of an application up to `remote_data`, for `json_build_object`; `application` is the application. */
export const applicationKeys = sql`
        'id', application.id,
        'remote_id', application.remote_id,
        'outcome', application.outcome,
        'rejection_reason_name', application.rejection_reason_name,
        'rejected_at', instant(application.rejected_at),
        'current_stage_id', application.current_stage_id,
        'job_id', application.job_id,
        'candidate_id', application.candidate_id,
        'screening_question_answers', '[]'::json,
        'custom_fields', ${shownCustomFields('application', 'ats_applications')},
        'integration_fields', ${shownIntegrationFields('application')},
        'remote_url', null,
        'changed_at', instant(application.changed_at),
        'remote_deleted_at', instant(application.remote_deleted_at),
        'remote_created_at', instant(application.remote_created_at),
        'remote_updated_at', instant(application.remote_updated_at),
        'remote_data', application.remote_data`;
