// What the connector promises to cover: the ten models and the seven actions with their fields, as the connector's public
// page lists them.

/** The name of a unified model. */
export type ModelName =
  | 'ats_users'
  | 'ats_jobs'
  | 'ats_job_postings'
  | 'ats_candidates'
  | 'ats_application_stages'
  | 'ats_applications'
  | 'ats_interviews'
  | 'ats_join_jobs_application_stages'
  | 'ats_join_jobs_users'
  | 'ats_join_interviews_users';

/** Every model with its label and its fields. */
export const coveredModels: Readonly<Record<ModelName, { label: string; fields: readonly string[] }>> = {
  ats_users: {
    label: 'Users',
    fields: [
      'id',
      'remote_id',
      'changed_at',
      'remote_deleted_at',
      'first_name',
      'last_name',
      'email',
      'status',
      'remote_data',
    ],
  },
  ats_jobs: {
    label: 'Jobs',
    fields: [
      'id',
      'remote_id',
      'changed_at',
      'remote_deleted_at',
      'name',
      'job_code',
      'description',
      'confidential',
      'status',
      'department',
      'post_url',
      'remote_work_status',
      'location',
      'custom_fields',
      'integration_fields',
      'opened_at',
      'closed_at',
      'remote_created_at',
      'remote_updated_at',
      'remote_data',
    ],
  },
  ats_job_postings: {
    label: 'Job postings',
    fields: [
      'id',
      'remote_id',
      'changed_at',
      'remote_deleted_at',
      'title',
      'description_html',
      'status',
      'visibility',
      'url',
      'job_id',
      'remote_data',
      'remote_created_at',
      'remote_updated_at',
    ],
  },
  ats_candidates: {
    label: 'Candidates',
    fields: [
      'id',
      'remote_id',
      'changed_at',
      'remote_deleted_at',
      'first_name',
      'last_name',
      'company',
      'title',
      'confidential',
      'source',
      'phone_numbers',
      'email_addresses',
      'social_media',
      'custom_fields',
      'integration_fields',
      'remote_created_at',
      'remote_updated_at',
      'remote_data',
    ],
  },
  ats_application_stages: {
    label: 'Application Stages',
    fields: ['id', 'remote_id', 'changed_at', 'remote_deleted_at', 'name', 'global_index', 'remote_data'],
  },
  ats_applications: {
    label: 'Applications',
    fields: [
      'id',
      'remote_id',
      'changed_at',
      'remote_deleted_at',
      'outcome',
      'rejection_reason_name',
      'rejected_at',
      'current_stage_id',
      'job_id',
      'candidate_id',
      'custom_fields',
      'integration_fields',
      'remote_created_at',
      'remote_updated_at',
      'remote_data',
    ],
  },
  ats_interviews: {
    label: 'Interviews',
    fields: [
      'id',
      'remote_id',
      'changed_at',
      'remote_deleted_at',
      'title',
      'starting_at',
      'ending_at',
      'video_conferencing_url',
      'application_id',
      'stage_id',
      'canceled',
      'remote_created_at',
      'remote_updated_at',
      'remote_data',
    ],
  },
  ats_join_jobs_application_stages: {
    label: 'Job-specific application stages',
    fields: ['index', 'job_id', 'stage_id', 'id', 'changed_at', 'remote_deleted_at'],
  },
  ats_join_jobs_users: {
    label: 'Job hiring team members',
    fields: ['roles', 'job_id', 'user_id', 'id', 'changed_at', 'remote_deleted_at'],
  },
  ats_join_interviews_users: {
    label: 'Interviewing team members',
    fields: ['interview_id', 'user_id', 'id', 'changed_at', 'remote_deleted_at'],
  },
};

/** The operation of a unified action. */
export type ActionName =
  | 'createAtsCandidate'
  | 'createAtsApplication'
  | 'moveAtsApplicationToStage'
  | 'addAtsApplicationResultLink'
  | 'getAtsApplicationAttachments'
  | 'getAtsCandidateAttachments'
  | 'addAtsCandidateResultLink';

const createFields = [
  'candidate.first_name',
  'candidate.last_name',
  'candidate.email_address',
  'candidate.company',
  'candidate.title',
  'candidate.phone_number',
  'candidate.social_links.url',
  'application.job_id',
  'application.stage_id',
  'attachments.name',
  'attachments.content_type',
  'attachments.data_url',
  'attachments.data',
  'attachments.type',
  'source.name',
  'source.unified_key',
  'source.id',
] as const;

const resultLinkFields = [
  'label',
  'url',
  'details.custom_field_name_prefix',
  'details.attributes.key',
  'details.attributes.value',
] as const;

/** Every action by its operation, with its label and its input fields. */
export const coveredActions: Readonly<Record<ActionName, { label: string; fields: readonly string[] }>> = {
  createAtsCandidate: { label: 'Create candidate', fields: createFields },
  createAtsApplication: { label: 'Create application', fields: createFields },
  moveAtsApplicationToStage: { label: 'Move application to stage', fields: ['application_id', 'stage_id'] },
  addAtsApplicationResultLink: {
    label: 'Add result link to application',
    fields: ['application_id', ...resultLinkFields],
  },
  getAtsApplicationAttachments: { label: 'Get application attachments', fields: ['application_id'] },
  getAtsCandidateAttachments: { label: 'Get candidate attachments', fields: ['candidate_id'] },
  addAtsCandidateResultLink: {
    label: 'Add result link to candidate',
    fields: ['candidate_id', ...resultLinkFields],
  },
};
