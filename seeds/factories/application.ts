import type { ApplicationRecord, CandidateRecord, JobRecord } from '../records.ts';
import type { Kit } from './kit.ts';

/** Makes an application of a candidate to a job: active, applied when the candidate was created. */
export function makeApplication(
  kit: Kit,
  candidate: CandidateRecord,
  job: JobRecord,
  overrides: Partial<ApplicationRecord> = {},
): ApplicationRecord {
  const created_at = overrides.created_at ?? candidate.created_at;
  return {
    id: kit.identifiers.next('application'),
    candidate_id: candidate.id,
    job_id: job.id,
    job_post_id: null,
    source_id: null,
    credited_to: null,
    recruiter_id: null,
    coordinator_id: null,
    sourcer_id: null,
    status: 'active',
    current_stage_id: null,
    rejection_reason_id: null,
    rejected_at: null,
    last_activity_at: created_at,
    custom_fields: {},
    deleted_at: null,
    ...overrides,
    created_at,
  };
}
