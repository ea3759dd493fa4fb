// A candidate as JSON. Both stand in a statement in which `candidate` is the candidate.
import { sql } from 'kysely';
import { shownCustomFields, shownIntegrationFields } from './shown-fields.ts';
import { jobSummary, stageSummary } from './summaries.ts';

/** The keys of a candidate, `applications` and `tags` left out, for `json_build_object`. */
export const candidateKeys = sql`
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
        'custom_fields', ${shownCustomFields('candidate', 'ats_candidates')},
        'integration_fields', ${shownIntegrationFields('candidate')},
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
export const candidateItem = sql`json_build_object(${candidateKeys},
        'applications', ${applications},
        'tags', '[]'::json
      )`;
