// Small, plain records of Gem for tests that care about one of their fields.
import type { GemRecords } from '../../contracts/harness/run.ts';
import type { RecordOf } from '../../connector/models/listings.ts';

const at = '2026-03-01T09:00:00.000Z';

export function userRecord(id: string, more: Partial<RecordOf['listUsers']> = {}): RecordOf['listUsers'] {
  return {
    created_at: at,
    deleted_at: null,
    departments: [],
    disabled: false,
    emails: [],
    employee_id: null,
    first_name: 'Uma',
    id,
    last_name: 'User',
    linked_candidate_ids: [],
    name: 'Uma User',
    offices: [],
    primary_email_address: `${id}@example.com`,
    site_admin: false,
    updated_at: at,
    ...more,
  };
}

export function userLite(
  id: string,
): RecordOf['listJobStages']['interviews'][number]['default_interviewer_users'][0] {
  return { employee_id: null, first_name: 'Uma', id, last_name: 'User', name: 'Uma User' };
}

export function jobRecord(id: string, more: Partial<RecordOf['listJobs']> = {}): RecordOf['listJobs'] {
  return {
    closed_at: null,
    confidential: false,
    created_at: at,
    custom_fields: {},
    deleted_at: null,
    departments: [],
    hiring_team: {},
    id,
    is_template: false,
    name: 'Engineer',
    offices: [],
    opened_at: null,
    requisition_id: null,
    status: 'open',
    updated_at: at,
    ...more,
  };
}

export function postRecord(
  id: string,
  jobId: string,
  more: Partial<RecordOf['listJobPosts']> = {},
): RecordOf['listJobPosts'] {
  return {
    active: true,
    content: `<p>${id}</p>`,
    created_at: at,
    deleted_at: null,
    external: true,
    first_published_at: at,
    id,
    internal: false,
    internal_content: null,
    job_id: jobId,
    listed: true,
    live: true,
    title: 'Engineer',
    updated_at: at,
    ...more,
  };
}

export function stageRecord(
  id: string,
  jobId: string,
  itemIds: readonly string[] = [],
  more: Partial<RecordOf['listJobStages']> = {},
): RecordOf['listJobStages'] {
  return {
    active: true,
    created_at: at,
    id,
    interviews: itemIds.map((itemId) => ({
      default_interviewer_users: [],
      deleted_at: null,
      estimated_minutes: 30,
      id: `definition of ${itemId}`,
      interview_kit: { content: '', id: `kit of ${itemId}`, questions: [] },
      job_stage_interview_item_id: itemId,
      name: 'Call',
      schedulable: true,
    })),
    job_id: jobId,
    name: 'Phone screen',
    priority: 0,
    updated_at: at,
    ...more,
  };
}

export function applicationRecord(
  id: string,
  candidateId: string,
  more: Partial<RecordOf['listApplications']> = {},
): RecordOf['listApplications'] {
  return {
    applied_at: at,
    candidate_id: candidateId,
    coordinator: null,
    credited_to: null,
    current_stage: { id: 'stage-1', name: 'Phone screen' },
    custom_fields: {},
    id,
    job_post_id: null,
    jobs: [{ id: 'job-1', name: 'Engineer' }],
    last_activity_at: at,
    recruiter: null,
    source: { id: 'source-1', public_name: 'Referral' },
    sourcer: null,
    status: 'active',
    ...more,
  };
}

export function candidateRecord(
  id: string,
  more: Partial<RecordOf['listCandidates']> = {},
): RecordOf['listCandidates'] {
  return {
    application_ids: [],
    applications: [],
    attachments: [],
    company: null,
    created_at: at,
    educations: [],
    email_addresses: [],
    employments: [],
    first_name: 'Jane',
    id,
    is_private: false,
    last_activity: null,
    last_name: 'Doe',
    linked_user_ids: [],
    phone_numbers: [],
    social_media_addresses: [],
    tags: [],
    title: null,
    updated_at: at,
    ...more,
  };
}

export function interviewRecord(
  id: string,
  applicationId: string,
  more: Partial<RecordOf['listScheduledInterviews']> = {},
): RecordOf['listScheduledInterviews'] {
  return {
    application_id: applicationId,
    candidate_id: 'candidate-1',
    created_at: at,
    end: { date_time: at },
    id,
    interview: { id: 'definition', name: 'Call' },
    interviewers: [],
    job_stage_interview_item_id: 'item-1',
    location: null,
    organizer: null,
    start: { date_time: at },
    status: 'scheduled',
    updated_at: at,
    ...more,
  };
}

/** One of everything. */
export function oneOfEach(): {
  [Listing in keyof RecordOf]: RecordOf[Listing][];
} {
  const application = applicationRecord('application-1', 'candidate-1');
  return {
    listUsers: [userRecord('user-1', { site_admin: true }), userRecord('user-2')],
    listJobs: [
      jobRecord('job-1', {
        hiring_team: { recruiters: [userLite('user-1')], sourcers: [userLite('user-1'), userLite('user-2')] },
      }),
    ],
    listJobStages: [
      stageRecord('stage-1', 'job-1', ['item-0']),
      stageRecord('stage-2', 'job-1', ['item-1'], { priority: 1 }),
    ],
    listJobPosts: [postRecord('post-1', 'job-1')],
    listCandidates: [candidateRecord('candidate-1', { applications: [application] })],
    listApplications: [application],
    listScheduledInterviews: [
      interviewRecord('interview-1', 'application-1', {
        interviewers: [
          {
            email: 'user-2@example.com',
            employee_id: null,
            id: 'user-2',
            name: 'Uma User',
            response_status: 'accepted',
            scorecard_id: null,
          },
        ],
      }),
    ],
  };
}

/** An account that shows nothing. */
export const nothing: GemRecords = {
  users: [],
  offices: [],
  sources: [],
  rejection_reasons: [],
  jobs: [],
  job_stages: [],
  job_posts: [],
  candidates: [],
  applications: [],
  scheduled_interviews: [],
};
